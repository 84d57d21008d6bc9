"""The words of the made-up guide: plain ones, each of them a single word, so that a pattern always has the same length.

`LINES` say what a therapist does, `TOLD` are sentences of prose, `ASKED` are questions, `SIGNS` are signs of danger. In
each, a name in braces stands for one word of the list with that name.
"""

from typing import Final

LISTS: Final[dict[str, tuple[str, ...]]] = {
    name: tuple(words.split())
    for name, words in {
        "verb": "lift carry hold open turn move push pull wash fold pack reach clean wipe fill shut peel stir sort "
        "hang drag tie press roll slide lower raise grip pass store",
        "thing": "cup pan door drawer chair basket bottle jar coat shoe towel bucket kettle broom bag box lamp blanket "
        "plate brush key phone pillow rug tray jug spade hose book curtain stool ladder mat rope spoon knife lid lock "
        "plug switch",
        "place": "kitchen hall garden bathroom bedroom porch shed garage office shop bus car yard stairwell library "
        "workshop laundry park school cellar",
        "part": "knee hip hand wrist elbow shoulder neck back ankle foot thumb finger arm leg spine heel calf thigh "
        "palm toe",
        "quality": "sore stiff weak numb tired tight swollen shaky heavy tender slow cold tense dull clumsy rigid",
        "trouble": "pain strain trouble weakness injury wear ache loss cramp spasm",
        "cause": "surgery work sport sleep gardening travel driving lifting running birth illness rest",
        "time": "morning night week summer winter holiday weekend evening month day",
        "way": "slowly gently safely calmly firmly lightly evenly quietly",
        "helper": "daughter son neighbor partner friend nurse doctor cousin",
        "aid": "rail cane walker brace strap grip seat ramp splint cushion",
    }.items()
}  # fmt: skip

LINES: Final = (
    "Helps you {verb} the {thing} without a {quality} {part}.",
    "Shows you how to {verb} a {thing} {way} in the {place}.",
    "Tests how far your {part} goes before the {trouble} begins.",
    "Fits a {aid} in the {place} and tries it with you.",
    "Plans your {time} so that the {quality} {part} can rest.",
    "Practices with you until you can {verb} the {thing} {way}.",
    "Looks at your {place} and clears the way to the {thing}.",
    "Teaches your {helper} how to {verb} the {thing} with you.",
)
TOLD: Final = (
    "Your {part} feels {quality} each {time}, and the {thing} in the {place} seems far away.",
    "You can {verb} a {thing} {way} if the {part} gets a rest.",
    "Most people {verb} the {thing} first, and then they {verb} the {thing} in the {place}.",
    "A {helper} may hold the {thing} while you {verb} it.",
    "Some days the {part} is {quality}, and on those days you stop early.",
    "Put the {thing} near the {aid}, so that you need not reach for it.",
    "The {trouble} in your {part} may come back after a long {time}.",
    "Ask for a {aid} when the way to the {place} is hard.",
    "You may not need the {aid} by the next {time}.",
    "Tell the team when you {verb} the {thing} and the {part} hurts.",
    "Think of the {place} and of the {thing} you want to {verb}.",
    "One {time} at a time is enough for a {quality} {part}.",
    "Nobody can say how soon you will {verb} the {thing} again.",
    "A {quality} {part} can make a plain {thing} hard to {verb}.",
    "Your {helper} can {verb} the {thing}, but you want to do it yourself.",
    "Go {way} at first, and add a little more each {time}.",
)
ASKED: Final = (
    "How often should I {verb} the {thing}?",
    "May my {helper} come with me to the {place}?",
    "When can I {verb} the {thing} with a {quality} {part}?",
    "Do I need a {aid} in the {place}?",
    "What should I do when the {part} is {quality}?",
    "Who can look at the {thing} in my {place}?",
)
SIGNS: Final = (
    "Your {part} is {quality} all at once",
    "You cannot {verb} a {thing} that you could {verb} last {time}",
    "The {trouble} wakes you at night",
    "The {part} is hot and {quality}",
    "You fell in the {place} and the {part} hurts",
)
