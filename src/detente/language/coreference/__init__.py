"""Which phrases of a document mean the same thing: a sieve of rules from the surest to the least sure.

Names first (the same name, its acronym, a surname for a full name), then definite phrases with the head of an
earlier one ('the team'), then pronouns by agreement, distance and function; 'I', 'we' and 'you' by who speaks. The order
is that of the multi-pass sieve of Raghunathan et al. (2010) and Lee et al. (2013). No politics here: who is meant is
for the actors' room.
"""

from .chains import Chains, Mention
from .sieve import find_chains

__all__ = ["Chains", "Mention", "find_chains"]
