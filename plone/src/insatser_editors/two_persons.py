"""Two persons publish: neither who wrote last nor who handed it in. What is published changes by working copy alone."""

from AccessControl import getSecurityManager
from plone.app.iterate.interfaces import ICheckinCheckoutPolicy, IWorkingCopy
from Products.CMFCore.WorkflowCore import ObjectDeleted, WorkflowException
from Products.Five.browser import BrowserView
from zope.annotation.interfaces import IAnnotations
from zope.container.interfaces import IContainerModifiedEvent

from insatser_editors.telling import PUBLISHED, TYPES, tell_after_commit

WORKFLOW = "insats_two_persons"
WROTE = "insatser_editors.wrote"


class ByAnother(BrowserView):
    """Whether who asks is another than who wrote last and who handed it in."""

    def __call__(self):
        return is_another(self.context)


def is_another(context):
    """Return whether who asks may publish."""
    asks = _user()
    return asks is not None and asks not in (_writer(context), _submitter(context))


def remember_writer(context, event):
    """Remember who wrote last: Plone keeps the creator, and nobody after."""
    if context.portal_type in TYPES and not IContainerModifiedEvent.providedBy(event):
        IAnnotations(context)[WROTE] = _user()


def refuse_the_same(context, event):
    """Refuse who wrote last or handed it in, whichever way she came to the transition."""
    if _is_publishing(context, event) and not is_another(context):
        raise WorkflowException("Somebody else has to publish: you wrote it last, or handed it in.")


def take_in(context, event):
    """Tell the portal of what is published or no more; a working copy that is published takes the original's place."""
    if context.portal_type not in TYPES or event.transition is None:
        return
    if PUBLISHED in (event.old_state.id, event.new_state.id):
        tell_after_commit()
    if _is_publishing(context, event) and IWorkingCopy.providedBy(context):
        original = ICheckinCheckoutPolicy(context).checkin(f"published by {_user()}")
        raise ObjectDeleted(original)  # so that the workflow tool does not index the copy, which is gone


def _is_publishing(context, event):
    return context.portal_type in TYPES and event.transition is not None and event.transition.id == "publish"


def _user():
    return getSecurityManager().getUser().getId()


def _writer(context):
    return IAnnotations(context).get(WROTE)


def _submitter(context):
    steps = getattr(context, "workflow_history", {}).get(WORKFLOW, ())
    return next((step["actor"] for step in reversed(steps) if step["action"] == "submit"), None)
