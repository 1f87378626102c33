"""Persons, offices and bodies in seventy sentences of our own, each with what was expected before it was read."""

import pytest

from detente.actors import find_actors
from detente.document import Document
from detente.language import parse

CASES = [
    # titles before names
    ("2019-05-20", "Peruvian Foreign Minister Luis Quispe met Chilean Defence Minister Rosa Fuentes in Arica.", "Luis Quispe", {"office": "Foreign Minister", "country": "PER"}),
    ("2019-05-20", "Peruvian Foreign Minister Luis Quispe met Chilean Defence Minister Rosa Fuentes in Arica.", "Rosa Fuentes", {"office": "Defence Minister", "country": "CHL"}),
    ("2019-05-20", "Foreign Minister Luis Quispe met Defence Minister Rosa Fuentes on Monday.", "Luis Quispe", {"office": "Foreign Minister"}),
    ("2019-05-20", "Foreign Minister Luis Quispe met Defence Minister Rosa Fuentes on Monday.", "Rosa Fuentes", {"office": "Defence Minister"}),
    ("2019-05-20", "Kenyan President Wanjiru Odhiambo told Ugandan Prime Minister Okello Mukasa that trade would resume.", "Okello Mukasa", {"office": "Prime Minister", "country": "UGA"}),
    ("2019-05-20", "Deputy Prime Minister Henrik Aasen of Norway opened the talks.", "Henrik Aasen", {"office": "Deputy Prime Minister", "country": "NOR"}),
    ("2019-05-20", "Brazil's Finance Minister Tereza Pacheco warned of a slump.", "Tereza Pacheco", {"country": "BRA", "code": "BRAGOV"}),
    ("2019-05-20", "Indian army chief General Arvind Rathore visited the border posts.", "Arvind Rathore", {"country": "IND", "role": "MIL"}),
    ("2019-05-20", "Swiss Ambassador Beat Zurbriggen was summoned on Tuesday.", "Beat Zurbriggen", {"office": "Ambassador", "country": "CHE"}),
    ("2019-05-20", "Egyptian parliament speaker Hani Mansour postponed the vote.", "Hani Mansour", {"country": "EGY", "role": "LEG"}),
    ("2019-05-20", "Polish opposition leader Jan Wrobel called for a strike.", "Jan Wrobel", {"country": "POL", "role": "OPP"}),
    ("2019-05-20", "Colombian rebel commander Evaristo Rincon agreed to a truce.", "Evaristo Rincon", {"country": "COL", "role": "REB"}),
    ("2019-05-20", "Vice President Marta Solano of Costa Rica will attend.", "Marta Solano", {"office": "Vice President", "country": "CRI"}),
    ("2019-05-20", "Thai police chief Somchai Rattanakul denied the charge.", "Somchai Rattanakul", {"country": "THA", "role": "COP"}),
    ("2019-05-20", "Ghanaian Supreme Court Justice Ama Boateng upheld the ban.", "Ama Boateng", {"country": "GHA", "role": "JUD"}),
    # appositions
    ("2019-05-20", "Nadia Brahimi, spokeswoman for the Tunisian Interior Ministry, gave no figures.", "Nadia Brahimi", {"office": "spokeswoman", "body": "Tunisian Interior Ministry", "country": "TUN"}),
    ("2019-05-20", "Pavel Horak, the Czech deputy foreign minister, flew to Tbilisi.", "Pavel Horak", {"office": "deputy foreign minister", "country": "CZE"}),
    ("2019-05-20", "The envoy, Daniel Okafor of Nigeria, urged patience.", "Daniel Okafor", {"office": "envoy", "country": "NGA"}),
    ("2019-05-20", "Iceland's top negotiator, Gudrun Palsdottir, walked out.", "Gudrun Palsdottir", {"office": "top negotiator", "country": "ISL"}),
    ("2019-05-20", "Lim Boon Keng, head of the Singapore Tourism Board, welcomed the move.", "Lim Boon Keng", {"office": "head", "country": "SGP"}),
    ("2019-05-20", "Mateo Ibarra, Uruguay's leading human rights activist, was released.", "Mateo Ibarra", {"country": "URY", "role": "OPP"}),
    ("2019-05-20", "Fatou Ndiaye, the head of the Senegalese delegation, signed first.", "Fatou Ndiaye", {"country": "SEN"}),
    ("2019-05-20", "The Mongolian president, Bat Erdene, thanked his hosts.", "Bat Erdene", {"office": "president", "country": "MNG"}),
    # offices without a name
    ("2009-05-01", "The Turkish president left for Baku.", "Turkish president", {"person": "Abdullah Gul", "country": "TUR"}),
    ("2004-03-10", "The French foreign minister criticised the war.", "French foreign minister", {"person": "Dominique de Villepin", "country": "FRA"}),
    ("1999-06-01", "Russia's foreign minister met mediators.", "Russia's foreign minister", {"person": "Igor Ivanov", "country": "RUS"}),
    ("2015-02-12", "The German chancellor spoke for ten minutes.", "German chancellor", {"person": "Angela Merkel", "country": "DEU"}),
    ("1996-08-01", "The Zairean president flew home from Switzerland.", "Zairean president", {"person": "Mobutu Sese Seko", "country": "ZAR"}),
    ("2012-01-10", "The UN secretary-general urged restraint.", "UN secretary-general", {"person": "Ban Ki-moon", "role": "IGO"}),
    ("2023-07-10", "Kazakhstan's president declined.", "Kazakhstan's president", {"person": "Kassym-Jomart Tokayev"}),
    # names known by the table
    ("1986-10-12", "Gorbachev and Reagan parted without a deal.", "Gorbachev", {"person": "Gorbachev", "country": "SUN"}),
    ("2001-10-01", "President Musharaf promised to help.", "Musharaf", {"country": "PAK"}),
    ("2011-03-19", "Colonel Moammar Kadhafi vowed to fight on.", "Moammar Kadhafi", {"country": "LBY"}),
    ("2022-03-01", "Vladimir Zelenskiy asked for aircraft.", "Vladimir Zelenskiy", {"country": "UKR"}),
    ("2006-08-11", "Kofi Annan asked both armies to stop.", "Kofi Annan", {"country": None, "role": "IGO"}),
    ("2013-09-24", "Catherine Ashton chaired the meeting.", "Catherine Ashton", {"country": None, "role": "IGO"}),
    ("1992-05-05", "Jonas Savimbi rejected the result.", "Jonas Savimbi", {"country": "AGO", "role": "REB"}),
    # a state told by the text around
    ("2005-04-04", "President Ezekiel Chanda has gone back on his promise to the Zambian people.", "Ezekiel Chanda", {"country": "ZMB"}),
    ("2005-04-04", "Interior Minister Claude Rabe lifted the curfew in Madagascar.", "Claude Rabe", {"country": "MDG"}),
    ("2005-04-04", "Foreign Minister Luis Quispe visited Cuba.", "Luis Quispe", {"country": None}),
    ("2005-04-04", "Judge Paolo Ferri ordered a retrial, and Italian prosecutors appealed.", "Paolo Ferri", {"country": "ITA"}),
    # metonyms
    ("2019-05-20", "Ankara rejected the report.", "Ankara", {"code": "TURGOV"}),
    ("2019-05-20", "Foggy Bottom declined to comment.", "Foggy Bottom", {"country": "USA", "role": "GOV"}),
    ("2019-05-20", "The Blue House welcomed the letter.", "Blue House", {"country": "KOR"}),
    ("2019-05-20", "Whitehall is divided over the plan.", "Whitehall", {"country": "GBR"}),
    ("2019-05-20", "The Kremlin denied it.", "Kremlin", {"code": "RUSGOV"}),
    ("2019-05-20", "Itamaraty recalled the consul.", "Itamaraty", {"country": "BRA"}),
    ("1988-05-20", "Prague jailed two more dissidents.", "Prague", {"country": "CSK"}),
    ("1983-05-20", "Moscow shot down the airliner.", "Moscow", {"country": "SUN"}),
    # nationalities, peoples, groups
    ("2019-05-20", "Chadian troops crossed into Darfur.", "Chadian troops", {"code": "TCDMIL"}),
    ("2019-05-20", "Lebanese lawmakers passed the budget.", "Lebanese lawmakers", {"code": "LBNLEG"}),
    ("2019-05-20", "Iran-backed militias in Iraq fired rockets.", "Iran-backed militias", {"country": "IRQ", "role": "REB"}),
    ("2001-04-20", "Ethnic Albanian guerrillas in Macedonia laid down their arms.", "Ethnic Albanian guerrillas", {"country": "MKD", "role": "REB"}),
    ("2019-05-20", "Yoruba chiefs asked for calm.", "Yoruba chiefs", {"country": "NGA"}),
    ("2019-05-20", "Hezbollah fighters withdrew.", "Hezbollah fighters", {"country": "LBN", "role": "REB"}),
    ("2019-05-20", "Tamil refugees in Sri Lanka went home.", "Tamil refugees", {"country": "LKA", "role": "REF"}),
    ("1989-05-20", "The Contras refused to disarm.", "Contras", {"country": "NIC", "role": "REB"}),
    ("1998-05-20", "The KLA ambushed a patrol.", "KLA", {"country": "XKX", "role": "REB"}),
    ("2008-05-20", "The SPLM pulled out of the cabinet.", "SPLM", {"country": "SDN"}),
    ("2019-05-20", "Students in Nicaragua marched to the palace.", "Students", {"country": "NIC", "role": "EDU"}),
    # bodies
    ("2019-05-20", "The Ecuadorean Electoral Council recounted the ballots.", "Ecuadorean Electoral Council", {"country": "ECU"}),
    ("2019-05-20", "Israel's Defence Ministry confirmed the strike.", "Defence Ministry", {"country": "ISR"}),
    ("2019-05-20", "The Ministry of Foreign Affairs of Finland summoned the envoy.", "Ministry", {"country": "FIN"}),
    ("2019-05-20", "The African Union suspended the junta.", "African Union", {"id": "AU", "role": "IGO"}),
    ("1985-05-20", "The EEC imposed sanctions.", "EEC", {"id": "EC", "role": "IGO"}),
    ("1985-05-20", "The bloc imposed sanctions.", "The bloc", {"id": "EC"}),
    ("2015-05-20", "The bloc imposed sanctions.", "The bloc", {"id": "EU"}),
    ("2019-05-20", "NATO officials briefed reporters.", "NATO officials", {"id": "NATO", "country": None}),
    ("2019-05-20", "IAEA inspectors returned to Natanz.", "IAEA inspectors", {"id": "IAEA", "country": None}),
    ("2019-05-20", "He told Reuters that the plan was dead.", "Reuters", {"role": "MED"}),
    # possessives and later mentions
    ("2019-05-20", "Bulgaria sent its Foreign Minister Ivo Petkov to Skopje.", "Ivo Petkov", {"country": "BGR"}),
    ("2019-05-20", "Dutch Prime Minister Joost Hendriks resigned. Hendriks gave no reason.", "Hendriks", {"person": "Joost Hendriks", "country": "NLD"}),
    ("2019-05-20", "Erdogan's government closed the paper.", "Erdogan's government", {"country": "TUR"}),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "phrase", "expected"), CASES)
def test_the_phrase_means_whom_we_expected(day, text, phrase, expected):
    refs = [r for r in find_actors(parse(Document.from_text(text, published=day))).mentions if phrase in r.text]
    found = {name: getattr(ref, name) for ref in refs for name in expected}
    assert any(all(getattr(ref, k) == v for k, v in expected.items()) for ref in refs), found or "nothing found"
