"""Ready-made plans for whoever has not said yes: they give before they ask, and hurry nobody."""

from followthrough.core.plans import Step
from followthrough.core.running import ENQUIRY, QUOTE
from followthrough.core.saying import says
from followthrough.ledger.ready import Ready

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
            Step(how=how, wait=wait, what=what, words=words)
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
