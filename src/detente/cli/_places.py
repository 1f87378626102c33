"""`detente record init|upgrade|copy|grant|revoke|roles`: where a record is kept, and who may use it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ._shared import DEFAULT_RECORD, Json, RecordFile, console, examples, open_record, print_json

if TYPE_CHECKING:
    from ..record.postgres import ServerStore

_SERVER = "postgresql://ana@db.example/news"
INIT_HELP = (
    "Make an empty record: a file, or the tables of one in a database.\n\nIn a database it stands in a schema of its own, "
    "`detente` unless the address says `?schema=NAME`; who makes it is its owner. `detente read` makes a record that is "
    "not there by itself." + examples("detente record init -r iran.detente", f"detente record init -r {_SERVER}")
)
UPGRADE_HELP = (
    "Bring a record to the schema of this detente.\n\nAll steps are done or none. Files are brought up when they are "
    "opened; a record on a server, which others use, only by this command, and only by its owner."
    + examples(f"detente record upgrade -r {_SERVER}")
)
COPY_HELP = (
    "Copy a whole record to a new place: from a file to a server, from a server to a file.\n\nHistory, runs and numbers go "
    "along, and `detente record info --hash` tells the same hash of both. TO is made, and must hold nothing yet; to put one record "
    "into another that holds something: `detente record merge`."
    + examples(f"detente record copy iran.detente {_SERVER}", f"detente record copy {_SERVER} backup.detente")
)
GRANT_HELP = (
    "Let somebody read a record on a server, or edit it.\n\nNAME is a role of the server. A reader asks. An editor also "
    "reads documents in and decides on claims; nobody but the owner can change texts, claims or history that are on record, "
    "whatever program they use. A new grant takes the place of the one before."
    + examples(
        f"detente record grant ben --role reader -r {_SERVER}",
        f"detente record grant eva --role editor --create -r {_SERVER}",
    )
)
REVOKE_HELP = "Take all rights to a record on a server from somebody." + examples(
    f"detente record revoke ben -r {_SERVER}"
)
ROLES_HELP = "List who may read and edit a record on a server." + examples(f"detente record roles -r {_SERVER}")

Name = Annotated[str, typer.Argument(metavar="NAME", help="A role of the server.")]


def register_in(group: typer.Typer) -> None:
    """Adds the commands to the group `record`."""
    group.command("init", help=INIT_HELP)(init)
    group.command("upgrade", help=UPGRADE_HELP)(upgrade)
    group.command("copy", help=COPY_HELP)(copy)
    group.command("grant", help=GRANT_HELP)(grant)
    group.command("revoke", help=REVOKE_HELP)(revoke)
    group.command("roles", help=ROLES_HELP)(roles)


def init(record: RecordFile = DEFAULT_RECORD) -> None:
    with open_record(record, create=True) as rec:
        _say(
            f"{rec.store.location_shown}: a record of schema {rec.store.version}, with {len(rec.documents())} documents."
        )


def upgrade(record: RecordFile = DEFAULT_RECORD) -> None:
    from ..record.store import is_server

    if not is_server(record):
        with open_record(record) as rec:
            _say(f"{rec.store.location_shown}: schema {rec.store.version}.")
        return
    from ..record.postgres import ServerStore
    from ..record.postgres.roles import grant_anew

    store = ServerStore(record, create=False, old=True)
    before, after = store.bring_up()
    if before != after:
        grant_anew(store)
    _say(
        f"{store.location_shown}: "
        + (f"schema {before} is now {after}." if before != after else f"schema {after} already.")
    )
    store.close()


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="A record: a file or an address.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A file or an address; nothing there yet.")],
    json: Json = False,
) -> None:
    from ..record.copying import copy as copy_record

    with open_record(source) as one, open_record(target, create=True) as other:
        documents = copy_record(one.store, other.store)
        places = one.store.location_shown, other.store.location_shown
    if json:
        print_json({"from": places[0], "to": places[1], "documents": documents})
    else:
        _say(f"{documents} documents, with all that was found and decided on, copied to {places[1]}.")


def grant(
    name: Name,
    role: Annotated[str, typer.Option("--role", help="reader or editor.")] = "reader",
    create: Annotated[
        bool, typer.Option("--create", help="Make the role, which may log in, if the server has none of this name.")
    ] = False,
    record: RecordFile = DEFAULT_RECORD,
) -> None:
    from ..record.postgres.roles import grant as give

    store = _server(record)
    give(store, name, role, create=create)
    _say(f"{name} is {role} of {store.location_shown}.")
    store.close()


def revoke(name: Name, record: RecordFile = DEFAULT_RECORD) -> None:
    from ..record.postgres.roles import revoke as take

    store = _server(record)
    take(store, name)
    _say(f"{name} has no rights to {store.location_shown} any more.")
    store.close()


def roles(record: RecordFile = DEFAULT_RECORD, json: Json = False) -> None:
    from ..record.postgres.roles import members

    store = _server(record)
    found = members(store)
    store.close()
    if json:
        print_json([{"name": m.name, "role": m.role} for m in found])
        return
    for member in found:
        _say(f"{member.role:<8}{member.name}")


def _server(record: str) -> ServerStore:
    from ..errors import UsageError
    from ..record.store import is_server

    if not is_server(record):
        raise UsageError(
            f"{record} is a file: who may read and write it is said by its permissions (chmod, chgrp). Roles are for a "
            f"record on a server: -r {_SERVER}"
        )
    from ..record.postgres import ServerStore

    return ServerStore(record, create=False)


def _say(text: str) -> None:
    console().print(text, markup=False)
