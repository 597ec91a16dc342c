"""School -> diagnostics. Does it make sense?

One small function for each mistake; its docstring is the page that `stupeni explain` prints.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from inspect import cleandoc

from generator.check import (
    classes,
    collectives,
    commissions,
    companions,
    confirmations,
    consent,
    consent_papers,
    contacts,
    countersigns,
    dates,
    entries,
    events,
    files,
    health,
    homes,
    keys,
    kinds,
    marks,
    measures,
    named,
    open_words,
    papers,
    people,
    portfolio,
    proof,
    published,
    recorded,
    regulation,
    reviews,
    scans,
    sources,
    students,
    vocabularies,
    voice,
    words,
)
from generator.check.inspection import WHOLE, Inspection, Part
from generator.check.pages import PAGES
from generator.diagnostic import Diagnostic
from generator.model.published import Published, Rings
from generator.model.school import School
from generator.progress import NOBODY, Progress

NEW = Published()
"""Nothing was published yet."""
Check = Callable[[Inspection], Iterator[Diagnostic]]

_IN_ORDER: tuple[Check, ...] = (
    regulation.act_expired,
    regulation.act_replaced,
    regulation.changes_out_of_order,
    regulation.regulation_version,
    vocabularies.vocabulary_unknown,
    vocabularies.vocabulary_closed,
    vocabularies.word_redefined,
    vocabularies.word_twice,
    people.person_twice,
    people.appointment_expired,
    people.teacher_without_role,
    people.deputy_without_level,
    people.account_twice,
    people.audience_unknown,
    commissions.commission_twice,
    commissions.commission_member_unknown,
    commissions.commission_member_without_order,
    published.epoch_lowered,
    published.suspension_dropped,
    events.event_twice,
    events.event_announced_by_unknown,
    events.official_list_twice,
    classes.year_without_classes,
    classes.year_file_name,
    classes.class_twice,
    classes.class_teacher_unknown,
    classes.class_student_unknown,
    classes.student_in_no_class,
    classes.student_in_two_classes,
    students.born_implausible,
    students.joined_after_left,
    students.household_twice,
    sources.source_student_unknown,
    sources.source_twice,
    sources.source_approved_by_unknown,
    sources.source_approved_without_order,
    sources.source_approved_in_future,
    homes.home_is_a_student,
    homes.home_of_one,
    students.facts_outdated,
    consent.consent_missing,
    consent.consent_expired,
    consent.consent_withdrawn,
    consent.consent_student_signature,
    consent.visibility_above_consent,
    consent.public_not_open,
    open_words.surname_for_everybody,
    open_words.public_unconfirmed,
    open_words.public_own_words,
    consent_papers.consent_by_wrong_person,
    consent_papers.consent_until_before_signed,
    consent_papers.consent_twice,
    consent_papers.consent_covers_nothing,
    consent_papers.consent_of_another_purpose,
    confirmations.confirmation_by_unknown,
    confirmations.confirmation_without_order,
    confirmations.confirmation_not_by_class_teacher,
    confirmations.confirmation_entry_unknown,
    confirmations.confirmation_outdated,
    commissions.package_by_unknown,
    commissions.package_undecided,
    commissions.package_changed,
    countersigns.countersign_by_unknown,
    countersigns.countersign_without_order,
    countersigns.countersign_not_deputy,
    countersigns.countersigned_before_confirmed,
    countersigns.countersign_missing,
    reviews.review_twice,
    reviews.testimonial_incomplete,
    reviews.review_unsigned,
    reviews.review_by_unknown,
    reviews.review_replaces_unknown,
    reviews.review_request_unknown,
    reviews.declined_unknown,
    reviews.declined_by_unknown,
    reviews.request_answered_by_another,
    entries.entry_id_not_in_folder,
    entries.entry_id_twice,
    entries.event_unknown,
    entries.mentor_unknown,
    entries.series_work_unknown,
    entries.reward_entry_unknown,
    entries.entry_named_twice,
    dates.entry_without_date,
    dates.date_and_period,
    dates.period_backwards,
    dates.date_in_future,
    dates.date_before_school,
    dates.date_after_leaving,
    dates.event_date_differs,
    kinds.study_without_assessment,
    kinds.gto_step_unknown,
    kinds.gto_age,
    kinds.gto_sign_without_order,
    kinds.series_too_short,
    kinds.series_out_of_order,
    measures.measure_is_a_score,
    measures.measure_once,
    measures.measure_out_of_order,
    measures.measure_in_future,
    kinds.reward_without_order,
    recorded.inclusion_entry_unknown,
    recorded.recognition_entry_unknown,
    recorded.recognition_without_decision,
    recorded.arranged_with_unknown,
    recorded.arranged_changed,
    kinds.ai_help_unsaid,
    kinds.authorship_contradicts,
    proof.result_without_document,
    proof.champion_without_document,
    proof.paper_incomplete,
    collectives.collective_twice,
    collectives.achievement_twice,
    collectives.achievement_member_unknown,
    collectives.achievement_member_twice,
    collectives.achievement_entered_by_unknown,
    collectives.achievement_entered_without_order,
    collectives.achievement_folder_unknown,
    companions.companion_unknown,
    companions.companion_who,
    companions.companion_not_masked,
    companions.companion_without_consent,
    companions.member_without_consent,
    named.classmate_named,
    portfolio.highlight_unknown,
    portfolio.highlights_few_or_many,
    portfolio.carried_unknown,
    portfolio.cover_unknown,
    portfolio.cover_has_no_scan,
    portfolio.goal_evidence_unknown,
    portfolio.review_entry_unknown,
    portfolio.request_entry_unknown,
    portfolio.request_to_unknown,
    portfolio.shared_unknown,
    portfolio.shared_twice,
    voice.goal_term_over,
    voice.prompt_of_other_level,
    voice.year_twice,
    voice.year_not_at_school,
    scans.scan_missing,
    scans.scan_path_wrong,
    scans.scan_unreferenced,
    scans.scan_undescribed,
    scans.name_not_nfc,
    scans.names_differ_by_case,
    files.scan_twice,
    files.scan_of_two_students,
    files.personal_paper_file,
    words.word_unknown,
    words.word_not_in_force,
    words.programme_off,
    marks.mark_in_entry,
    papers.personal_paper,
    contacts.personal_page,
    contacts.secret_in_text,
    health.health_data,
)

_OF_ALL = frozenset(
    {
        regulation.act_expired,
        regulation.act_replaced,
        regulation.changes_out_of_order,
        regulation.regulation_version,
        vocabularies.vocabulary_unknown,
        vocabularies.vocabulary_closed,
        vocabularies.word_redefined,
        vocabularies.word_twice,
        people.person_twice,
        people.appointment_expired,
        people.teacher_without_role,
        people.deputy_without_level,
        people.audience_unknown,
        commissions.commission_twice,
        commissions.commission_member_unknown,
        commissions.commission_member_without_order,
        published.epoch_lowered,
        published.suspension_dropped,
        events.event_twice,
        events.event_announced_by_unknown,
        events.official_list_twice,
        classes.year_without_classes,
        classes.year_file_name,
        classes.class_twice,
        classes.class_teacher_unknown,
        classes.class_student_unknown,
        classes.student_in_two_classes,
        sources.source_student_unknown,
        sources.source_twice,
        sources.source_approved_by_unknown,
        sources.source_approved_without_order,
        sources.source_approved_in_future,
        collectives.collective_twice,
        collectives.achievement_member_unknown,
        collectives.achievement_member_twice,
        collectives.achievement_entered_by_unknown,
        collectives.achievement_entered_without_order,
        collectives.achievement_folder_unknown,
        companions.member_without_consent,
    }
)
"""They look into nobody's own files: where students come one group after another, once is enough.
`achievement_twice` is none of them: it asks what entries members have."""

_LAST: tuple[Check, ...] = (keys.key_not_raised, keys.keys_not_compared)
"""They ask who may see what today, so that everything else has to make sense first."""

CHECKS: Mapping[str, Check] = {
    check.__name__.replace("_", "-"): check for check in (*_IN_ORDER, *_LAST)
}
"""Code of a mistake -> the function that finds it."""


def check(
    school: School,
    today: dt.date,
    before: Published = NEW,
    progress: Progress = NOBODY,
    part: Part = WHOLE,
) -> tuple[Diagnostic, ...]:
    """Everything in a school, or in a part of it, that does not make sense on a day, after what was
    published `before`.

    What a file that could not be read might have said is not held against the other files.
    """
    at = Inspection(school, today, before, part=part)
    asked = [find for find in _IN_ORDER if part.commons or find not in _OF_ALL]
    found: list[Diagnostic] = []
    with progress.stage("checking", len(asked)) as done:
        for find in asked:
            found += find(at)
            done()
    return tuple(found)


def check_keys(
    school: School, today: dt.date, before: Published, rings: tuple[Rings, ...]
) -> tuple[Diagnostic, ...]:
    """Every key that somebody keeps who may not read with it any more, in a school that is fine."""
    at = Inspection(school, today, before, rings)
    return tuple(diagnostic for find in _LAST for diagnostic in find(at))


def explain(code: str) -> str | None:
    """The page about a code: what it means, why it matters, an example; None for no such code."""
    find = CHECKS.get(code)
    if find is not None:
        return cleandoc(find.__doc__ or "")
    return PAGES.get(code)


def codes() -> tuple[str, ...]:
    """Every code that a diagnostic can bear, in alphabetical order."""
    return tuple(sorted({*CHECKS, *PAGES}))
