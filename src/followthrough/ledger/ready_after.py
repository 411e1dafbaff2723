"""Ready-made plans for customers, and for those who came, or did not."""

from followthrough.core.plans import Step
from followthrough.core.running import ORDER, QUIET
from followthrough.core.saying import says
from followthrough.ledger.ready import Ready

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
