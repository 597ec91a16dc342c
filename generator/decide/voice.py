"""The student's own words and those of others -> what one audience may read of them."""

from collections.abc import Iterator, Set
from dataclasses import replace

from generator.decide.companions import may_tell, names_others
from generator.decide.subject import Subject, person, term
from generator.decide.table import Thing
from generator.model.policy import Visibility
from generator.model.portfolio import Goal, Interest, Request, SelfAssessment, YearReflection
from generator.model.shown import (
    NOTHING,
    Reason,
    ShownAnswer,
    ShownGoal,
    ShownInterests,
    ShownRequest,
    ShownReview,
    ShownSelf,
    ShownYear,
    Tier,
)
from generator.model.student import Review

Own = Goal | Interest | YearReflection | SelfAssessment


def show_goals(subject: Subject, tier: Tier, shown: Set[str]) -> Iterator[ShownGoal]:
    """Goals; evidence is linked only where this audience sees it."""
    for goal in subject.student.portfolio.goals:
        if reason := may_tell(subject, goal, goal.visibility, tier):
            yield ShownGoal(
                statement=goal.statement,
                year=goal.year,
                steps=goal.steps,
                state=goal.state,
                term=goal.term,
                outcome=goal.outcome or "",
                evidence=tuple(one for one in goal.evidence if one in shown),
                seen_by=(),
                reason=reason,
            )


def show_interests(subject: Subject, tier: Tier) -> Iterator[ShownInterests]:
    """Interests, the earliest year first, each year beside the one shown before it (R-047)."""
    before: frozenset[str] = frozenset()
    for one in sorted(subject.student.portfolio.interests, key=lambda one: one.year):
        if reason := may_tell(subject, one, one.visibility, tier):
            stayed = tuple(word for word in one.words if word.casefold() in before)
            yield ShownInterests(
                year=one.year,
                stayed=stayed,
                fresh=tuple(word for word in one.words if word not in stayed),
                seen_by=(),
                reason=reason,
            )
            before = frozenset(word.casefold() for word in one.words)


def show_years(subject: Subject, tier: Tier) -> Iterator[ShownYear]:
    """Looking back on school years, the newest first (R-036)."""
    years = sorted(subject.student.portfolio.reflections, key=lambda one: one.year, reverse=True)
    for one in years:
        if reason := may_tell(subject, one, one.visibility, tier):
            answers = (
                ShownAnswer(term(subject.school, "prompts", a.prompt), a.text) for a in one.answers
            )
            yield ShownYear(one.year, tuple(answers), one.essay or "", (), reason)


def show_selves(subject: Subject, tier: Tier) -> Iterator[ShownSelf]:
    """How the student sees their own abilities (R-037), the newest year first."""
    own = subject.student.portfolio.self_assessments
    for one in sorted(own, key=lambda one: one.year, reverse=True):
        if reason := may_tell(subject, one, one.visibility, tier):
            yield ShownSelf(
                year=one.year,
                about=one.about,
                sign=one.sign or "",
                sign_label=term(subject.school, "self-signs", one.sign) if one.sign else NOTHING,
                words=one.words or "",
                seen_by=(),
                reason=reason,
            )


def show_reviews(subject: Subject, tier: Tier, shown: Set[str]) -> Iterator[ShownReview]:
    """Words of others, each in its newest version (R-057), about what this audience sees."""
    for review in _newest(subject):
        thing = _rung(review)
        if names_others(subject, review, tier):
            continue
        # Words about an entry that this audience may not see would tell that there is one.
        if (reason := subject.may(thing, tier, "reviews")) and (
            review.entry is None or review.entry in shown
        ):
            shown_review = _show_review(subject, review, reason)
            named = subject.may("named", tier)
            yield (
                shown_review
                if named
                else replace(shown_review, author="", relation="", activity="")
            )


def show_requests(subject: Subject, tier: Tier, shown: Set[str]) -> Iterator[ShownRequest]:
    """What was asked of teachers, and how it stands (R-054)."""
    reason = subject.may("request", tier)
    if reason is None:
        return
    for request in subject.student.portfolio.requests:
        declined = subject.student.reviews.declined
        refusal = next((one for one in declined if one.request == request.id), None)
        answered = _is_answered(subject, tier, request)
        yield ShownRequest(
            to=person(subject.school, request.to),
            what=term(subject.school, "reviews", request.what),
            entry=request.entry if request.entry in shown and request.entry else "",
            on=request.on,
            words=request.words or "",
            state="answered" if answered else "declined" if refusal else "waiting",
            answer=refusal.reason if refusal and not answered else "",
            reason=reason,
        )


def _is_answered(subject: Subject, tier: Tier, request: Request) -> bool:
    """Whether there is an answer that this audience may see: of a private one it knows nothing."""
    return any(
        review.request == request.id and subject.may(_rung(review), tier)
        for review in subject.student.reviews.reviews
    )


def _newest(subject: Subject) -> Iterator[Review]:
    """Every review that no other replaces: an old version is nobody's to read."""
    reviews = subject.student.reviews.reviews
    replaced = {review.replaces for review in reviews}
    yield from (review for review in reviews if review.id not in replaced)


def _show_review(subject: Subject, review: Review, reason: Reason) -> ShownReview:
    first = _first(subject, review)
    return ShownReview(
        kind=term(subject.school, "reviews", review.kind),
        author=review.author,
        on=review.on,
        text=review.text,
        entry=review.entry or "",
        relation=review.relation or "",
        activity=review.activity or "",
        earlier=first.on if first is not review else None,
        seen_by=(),
        reason=reason,
    )


def _first(subject: Subject, review: Review) -> Review:
    """The version all later ones go back to."""
    known = {one.id: one for one in subject.student.reviews.reviews}
    passed = {review.id}
    while review.replaces in known and review.replaces not in passed:
        passed.add(review.replaces)
        review = known[review.replaces]
    return review


def _rung(review: Review) -> Thing:
    visibility: Visibility = review.visibility
    return "private-words" if review.private else visibility
