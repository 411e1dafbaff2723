"""Plans that are there from the first day, in the reader's language; each can be taken and changed.

The words give before they ask, ask one thing, and hurry nobody.
"""

from dataclasses import dataclass

from followthrough.core.plans import Step
from followthrough.core.running import ENQUIRY, ORDER, QUIET, QUOTE
from followthrough.core.saying import says


@dataclass(frozen=True, kw_only=True)
class Ready:
    """`about` says in a sentence whom it is for. `begins`: with what it begins in a new team."""

    key: str
    name: str
    about: str
    steps: tuple[Step, ...]
    begins: str = ""
    talk_ends: bool = True


NEW_ENQUIRY = Ready(
    key="enquiry",
    begins=ENQUIRY,
    talk_ends=False,
    name=says("New enquiry, seven touches"),
    about=says("For everybody who enquires: most people stop after the second try."),
    steps=(
        Step(
            how="call",
            wait=0,
            what=says("Say hello"),
            words=says(
                "Hello {name}, it's {me}. You asked about {topic}. What would help you most?"
            ),
        ),
        Step(
            how="email",
            wait=2,
            alone=True,
            what=says("Write what we spoke about"),
            subject=says("About {topic}"),
            words=says(
                "Hello {name},\n\nhere is what matters about {topic}, in a few lines. Which part of it would you like to hear more about?\n\nBest wishes\n{me}"
            ),
        ),
        Step(
            how="call",
            wait=4,
            what=says("Ask what speaks against it"),
            words=says(
                "Hello {name}, it's {me}. I have been thinking about {topic} for you. What would still have to be right?"
            ),
        ),
        Step(
            how="email",
            wait=5,
            alone=True,
            what=says("Send an example"),
            subject=says("An example"),
            words=says(
                "Hello {name},\n\nwe have just finished something that is much like {topic}, and I thought of you. Shall I tell you what we learned?\n\nBest wishes\n{me}"
            ),
        ),
        Step(
            how="sms",
            wait=6,
            what=says("Send a text"),
            words=says(
                "Hello {name}, {me} here about {topic}. Is it still of interest? A yes or no is enough."
            ),
        ),
        Step(
            how="card",
            wait=8,
            what=says("Write a card"),
            words=says("I would like to do this for you. When is a good time to talk? {me}"),
        ),
        Step(
            how="call",
            wait=10,
            what=says("Ask: yes, no or later"),
            words=says(
                "Hello {name}, it's {me}. Yes, no or later are all fine with us about {topic}. It just helps to know."
            ),
        ),
    ),
)

AFTER_A_QUOTE = Ready(
    key="quote",
    begins=QUOTE,
    name=says("After a quote"),
    about=says("For a quote that nobody has answered. It stops as soon as you speak."),
    steps=(
        Step(
            how="call",
            wait=2,
            what=says("Ask whether it arrived"),
            words=says(
                "Hello {name}, it's {me}. I sent you the price for {topic}. Mail goes astray, so I wanted to ask: did it arrive?"
            ),
        ),
        Step(
            how="email",
            wait=3,
            alone=True,
            what=says("Ask for questions"),
            subject=says("Questions about the price?"),
            words=says(
                "Hello {name},\n\nwhich question about the price for {topic} is still open? If anything does not fit, I would rather change it.\n\nBest wishes\n{me}"
            ),
        ),
        Step(
            how="call",
            wait=4,
            what=says("Ask how it looks"),
            words=says(
                "Hello {name}, it's {me}. How does {topic} look from your side? What is still missing for a yes?"
            ),
        ),
        Step(
            how="card",
            wait=5,
            what=says("Write a card"),
            words=says("I would love to do this for you. When is a good time to talk? {me}"),
        ),
        Step(
            how="email",
            wait=5,
            alone=True,
            what=says("Say until when it holds"),
            subject=says("Our price for {topic}"),
            words=says(
                "Hello {name},\n\nsoon I will have to work out the price for {topic} anew. Shall I keep it for you, or close it? Both are fine.\n\nBest wishes\n{me}"
            ),
        ),
    ),
)

HALF_A_YEAR = Ready(
    key="half_year",
    talk_ends=False,
    name=says("Twelve touches in half a year"),
    about=says("For somebody who would fit, and is not ready yet. It gives more than it asks."),
    steps=(
        Step(
            how="call",
            wait=2,
            what=says("Say hello"),
            words=says(
                "Hello {name}, it's {me}. I would like to keep in touch about {topic}. What would be useful for you?"
            ),
        ),
        *(
            Step(how=how, wait=wait, what=what, alone=how == "email", words=words)
            for how, wait, what, words in (
                (
                    "email",
                    5,
                    says("Send something useful"),
                    says(
                        "Hello {name},\n\nthis may be of use to you, whatever becomes of {topic}:\n\n\nBest wishes\n{me}"
                    ),
                ),
                (
                    "call",
                    8,
                    says("Ask how things are"),
                    says("Hello {name}, it's {me}. How are things with {topic} by now?"),
                ),
                (
                    "card",
                    10,
                    says("Write a card"),
                    says("Hello {name}, I thought of you today. {me}"),
                ),
                (
                    "email",
                    10,
                    says("Send an example"),
                    says(
                        "Hello {name},\n\nwe have just finished something that is much like {topic}. Shall I send you a picture?\n\nBest wishes\n{me}"
                    ),
                ),
                (
                    "call",
                    12,
                    says("Ask how things are"),
                    says("Hello {name}, it's {me}. How are things with {topic} by now?"),
                ),
                (
                    "sms",
                    12,
                    says("Send a text"),
                    says("Hello {name}, {me} here. How does {topic} look for you now?"),
                ),
                (
                    "email",
                    12,
                    says("Send something useful"),
                    says(
                        "Hello {name},\n\nthis may be of use to you, whatever becomes of {topic}:\n\n\nBest wishes\n{me}"
                    ),
                ),
                (
                    "call",
                    14,
                    says("Ask what has changed"),
                    says(
                        "Hello {name}, it's {me}. What has changed with you since we last spoke about {topic}?"
                    ),
                ),
                (
                    "card",
                    14,
                    says("Write a card"),
                    says("Hello {name}, I thought of you today. {me}"),
                ),
                (
                    "email",
                    14,
                    says("Ask: yes, no or later"),
                    says(
                        "Hello {name},\n\nyes, no or later are all fine with us about {topic}. It just helps to know.\n\nBest wishes\n{me}"
                    ),
                ),
                (
                    "call",
                    14,
                    says("Ask: yes, no or later"),
                    says(
                        "Hello {name}, it's {me}. Yes, no or later are all fine with us about {topic}. It just helps to know."
                    ),
                ),
            )
        ),
    ),
)

AFTER_A_SALE = Ready(
    key="sale",
    begins=ORDER,
    talk_ends=False,
    name=says("After a sale"),
    about=says("A thank-you the day after, and a call that asks whether they are happy."),
    steps=(
        Step(
            how="email",
            wait=1,
            what=says("Say thank you"),
            subject=says("Thank you"),
            words=says(
                "Hello {name},\n\nthank you for your order. We look forward to doing it well. If anything is on your mind, ring me.\n\nBest wishes\n{me}"
            ),
        ),
        Step(
            how="call",
            wait=7,
            what=says("Ask whether they are happy"),
            words=says(
                "Hello {name}, it's {me}. You have had {topic} for some days now. Are you happy with it?"
            ),
        ),
        Step(
            how="email",
            wait=10,
            what=says("Ask whom else it could help"),
            subject=says("A question"),
            words=says(
                "Hello {name},\n\nI am glad that you are happy. Whom do you know to whom this would be of use as well?\n\nBest wishes\n{me}"
            ),
        ),
    ),
)

GONE_QUIET = Ready(
    key="quiet",
    begins=QUIET,
    name=says("A customer has gone quiet"),
    about=says("For customers who came often, and have stayed away three times as long as usual."),
    steps=(
        Step(
            how="email",
            wait=0,
            unit="days",
            what=says("Say that they are missed"),
            subject=says("We have missed you"),
            words=says(
                "Hello {name},\n\nwe have not seen you for a while, and hope that all is well. What may we do for you?\n\nBest wishes\n{me}"
            ),
        ),
        Step(
            how="email",
            wait=7,
            unit="days",
            what=says("Give a reason to come"),
            subject=says("Something for you"),
            words=says(
                "Hello {name},\n\nwe have kept something for you. When would you like to come by?\n\nBest wishes\n{me}"
            ),
        ),
        Step(
            how="call",
            wait=7,
            unit="days",
            what=says("Ask how they are"),
            words=says(
                "Hello {name}, it's {me}. Nothing special: we have missed you, and I wanted to hear how you are."
            ),
        ),
    ),
)

STAYED_AWAY = Ready(
    key="no_show",
    name=says("Signed up, and did not come"),
    about=says("For a seminar, a visit or an appointment that somebody missed."),
    steps=(
        Step(
            how="email",
            wait=1,
            alone=True,
            what=says("Say: sorry that we missed you"),
            subject=says("Sorry that we missed you"),
            words=says(
                "Hello {name},\n\nsorry that we missed you. Something always comes up; here is the heart of it in short:\n\n\nBest wishes\n{me}"
            ),
        ),
        Step(
            how="call",
            wait=3,
            what=says("Offer another day"),
            words=says(
                "Hello {name}, it's {me}. We missed you the other day. Which day would suit you instead?"
            ),
        ),
        Step(
            how="email",
            wait=5,
            alone=True,
            what=says("Ask whether it is still of interest"),
            subject=says("Another day?"),
            words=says(
                "Hello {name},\n\nis it still of interest to you? A yes or no is enough, and both are fine.\n\nBest wishes\n{me}"
            ),
        ),
    ),
)

CAME = Ready(
    key="came",
    name=says("Came to the seminar"),
    about=says("Thanks for coming, and what they would like to do with it."),
    steps=(
        Step(
            how="email",
            wait=1,
            alone=True,
            what=says("Thank them for coming"),
            subject=says("Thank you for coming"),
            words=says(
                "Hello {name},\n\nit was good to have you with us. What was most useful to you?\n\nBest wishes\n{me}"
            ),
        ),
        Step(
            how="call",
            wait=4,
            what=says("Ask what they will use"),
            words=says(
                "Hello {name}, it's {me}. What of the seminar will you use first, and where could we help?"
            ),
        ),
    ),
)

READY = {
    one.key: one
    for one in (
        NEW_ENQUIRY,
        AFTER_A_QUOTE,
        AFTER_A_SALE,
        GONE_QUIET,
        HALF_A_YEAR,
        STAYED_AWAY,
        CAME,
    )
}
