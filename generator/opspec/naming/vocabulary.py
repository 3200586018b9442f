"""Words inside a name that is written as one: `fwddiff` is fwd and diff, `autodiff` is auto and diff.

Two witnesses are heard. The class of an operation's definition comes first: `AutoDiff` says where `autodiff` is split,
and `Bitcast` that `bitcast` is one word. Where it says nothing (`ForwardDiff` of `fwddiff`), the list of words decides.
A name that neither explains stays whole: a wrong split reads worse than none.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

__all__ = ["WORDS", "segment"]

WORDS = frozenset(
    """abs access acos acosh activity add addr address adjoint affine align all alloc alloca and any apply arg args
    array arrive asin asinh assert assign async atan atanh atomic attr auto await backward barrier batch bind bit
    bits block body bool bound bounds branch break broadcast buffer build cache call case cast ceil check clone cmp
    collapse comm compare compute concat cond condition const constant convert copy cos cosh count create cross
    custom data dealloc dealloca decode define delete dense deref derivative device diff dim dims dispatch div dot
    drop dual dump dup dynamic element emit empty encode end entry eq erase error exec execute exit exp expand extend
    extract fence fetch fill filter find first flat float floor fma fold for forward free from func function fuse
    fused fwd gamma gather generate generic get global grad gradient group guard handle hash head host if ignore
    image index infer init inline inner input insert int invoke item jacobian jit join jump jvp kernel key lane last
    launch layout len length less lib linalg linear list load local lock log loop lower map mask mat match matmul
    max mem memory merge mesh min mod module move mul multi name need neg new next no noise norm not null num
    number offset op opaque open operand optional or order outer output pack pad parallel parameter part permute ptr
    point pointer pool pop pos pow prefetch prim primal print product profile project prop push query queue random
    range rank read real recv reduce ref region release rem repeat replace request reset reshape resize resolve
    result resume return rev reverse rng root rotate round row run sample save scalar scale scan scatter schedule
    scope search seed select send sequence set shape shared shift shl shr shuffle sign sin sinh size sizes slice sort
    source space sparse split sqrt stack start state step stop store stream stride struct sub sum swap switch symbol
    sync table tag tan tanh target task tensor test thread tile time to token top trace transform transpose
    trap tuple type unit unpack unwrap update use val value var vec vector view vjp wait warp weight while with word
    wrap write xor yield zero""".split()
)
"""Words that names of operations are made of."""

_SHORTEST = 2
_SHORTEST_AT_END = 3


def _glued(words: Sequence[str]) -> tuple[str, ...]:
    """Small words without marks that are no words: single letters, a short ending, whatever follows a number.

    `add`, `f` is `addf` and `bessel`, `ix` is `besselix`; `memref2`, `pointer` says `to` and stays whole.
    """
    glued: list[str] = []
    for index, word in enumerate(words):
        is_last = index == len(words) - 1
        is_mark = len(word) < (_SHORTEST_AT_END if is_last else _SHORTEST)
        if glued and (is_mark or len(glued[-1]) < _SHORTEST or glued[-1][-1].isdigit()):
            glued[-1] += word
        else:
            glued.append(word)
    return tuple(glued)


def _by_evidence(word: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """The neighbours in `evidence` that together are the word; nothing where there are none."""
    small = [part.lower() for part in evidence]
    for start in range(len(small)):
        for end in range(start + 1, len(small) + 1):
            if "".join(small[start:end]) == word:
                return _glued(small[start:end])
    return ()


def _by_words(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The fewest known words that together are the word, the longest first where there is a choice."""

    @cache
    def best(start: int) -> tuple[str, ...] | None:
        if start == len(word):
            return ()
        found: tuple[str, ...] | None = None
        for end in range(len(word), start + _SHORTEST - 1, -1):
            if (
                word[start:end] in known
                and (rest := best(end)) is not None
                and (not found or len(rest) + 1 < len(found))
            ):
                found = (word[start:end], *rest)
        return found

    return best(0) or ()


def segment(word: str, evidence: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """The words that a name without boundaries is made of; the name itself where nothing says so.

    `evidence` are the words of the definition's class (`Forward`, `Diff`), `known` the list of words.
    """
    small = word.lower()
    return _by_evidence(small, evidence) or _by_words(small, known) or (word,)
