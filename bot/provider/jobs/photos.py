"""Photos of the work: asked for at the door and before the end, one by one or as an album; then on by itself."""

from bot.album import same_album
from bot.conversation import Attachment, Handler, Talk
from bot.errors import sentence
from bot.provider.jobs import photo_screens, screens
from bot.provider.jobs.present import present
from bot.provider.jobs.work import up_to_date
from bot.provider.parts import saying
from bot.screen import Screen
from core.errors import Invalid
from core.orders.model import Stage, State
from core.orders.offers import Job
from core.orders.photos import MOST_PHOTOS, STAGES, stage_now


async def _job(talk: Talk, order_id: int) -> Job:
    return await talk.core.offers.job(order_id=order_id, person_id=talk.person.id)


def _asking(talk: Talk, job: Job, stage: Stage, album: str = "") -> Screen:
    talk.expect("job.photos", order_id=job.order.id, album=album)
    return photo_screens.ask(job, stage, talk.words)


@up_to_date
async def ask(talk: Talk, order_id: int) -> Screen:
    job = await _job(talk, order_id)
    stage = stage_now(order=job.order)
    return _asking(talk, job, stage) if stage else await present(talk, order_id)


@up_to_date
async def clear(talk: Talk, order_id: int) -> Screen:
    await talk.core.job_photos.clear(order_id=order_id, person_id=talk.person.id, now=talk.now)
    return await ask(talk, order_id)


async def said(talk: Talk) -> Screen | None:
    """Whatever comes while photos are asked for."""
    return await receive(talk, int(talk.memory.get("order_id", 0)))


def with_photos(handler: Handler) -> Handler:
    """A question in which more photos are welcome beside its answer."""

    async def run(talk: Talk) -> Screen | None:
        return await (said(talk) if talk.incoming.attachments else handler(talk))

    return run


async def wanted_by(talk: Talk) -> int | None:
    """The one job that asks for photos now."""
    if not any(_picture(one) for one in talk.incoming.attachments):
        return None
    jobs = await talk.core.offers.jobs(person_id=talk.person.id, states=list(STAGES))
    asking = [job.id for job in jobs if stage_now(order=job)]
    return asking[0] if len(asking) == 1 else None


@up_to_date
async def receive(talk: Talk, order_id: int) -> Screen | None:
    """Keeps what can be kept, says what can't, and goes on; the photos of an album get one answer."""
    together = same_album(talk)
    job = await _job(talk, order_id)
    stage = stage_now(order=job.order)
    if stage is None:
        return await present(talk, order_id)
    refused = await _keep(talk, job, stage)
    job = await _job(talk, order_id)
    screen = _next(talk, job, stage)
    return await together(saying(screen, refused) if refused else screen)


async def _keep(talk: Talk, job: Job, stage: Stage) -> str:
    """Why something was not kept, if so."""
    pictures = [one for one in talk.incoming.attachments if _picture(one)]
    if not pictures:
        return photo_screens.no_photo(talk.incoming.kind, talk.words)
    try:
        for count, picture in enumerate(pictures, start=job.shown(stage)):
            if count >= MOST_PHOTOS:  # not worth a download
                raise Invalid("work_photos", "too_many", {"most": MOST_PHOTOS})
            file = await talk.store(picture)
            await talk.core.job_photos.add(
                order_id=job.order.id, person_id=talk.person.id, file_id=file.file_id, now=talk.now
            )
    except Invalid as error:
        return sentence(error, talk.words)
    return ""


def _picture(one: Attachment) -> bool:
    """A photo, or one that was sent as a file to keep its size."""
    return one.kind == "photo" or (one.kind == "document" and one.mime.startswith("image/"))


def _next(talk: Talk, job: Job, stage: Stage) -> Screen:
    """The question that follows once there is a photo: the code, or whether the work is done."""
    album = talk.incoming.album
    if job.lacks(stage):
        return _asking(talk, job, stage, album)
    if job.order.state is State.ARRIVED:
        talk.expect("job.code", order_id=job.order.id, album=album)
        return screens.ask_code(job, talk.words)
    talk.expect("job.photos", order_id=job.order.id, album=album)
    return screens.ask_finish(job, None, talk.words)
