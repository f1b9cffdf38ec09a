"""aiogram's models are made when they are first used, and then as aiogram itself makes them."""

import subprocess
import sys

from tests.starting import ROOT

# In a process of its own: here others have long used some of them.
LATER = """
import bot.app
from aiogram import methods, types
assert not types.Message.__pydantic_complete__, "made at import, for nobody"
kept = types.InlineKeyboardMarkup(inline_keyboard=[[types.InlineKeyboardButton(text="a", url="b")]])
said = methods.SendMessage(chat_id=1, text="x", reply_markup=kept).model_dump_json(exclude_unset=True)
assert said == '{"chat_id":1,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","url":"b"}]]}}'
ann = {"id": 5, "is_bot": False, "first_name": "Ann"}
answer = methods.Response[types.User].model_validate({"ok": True, "result": ann})
assert answer.result.first_name == "Ann"
chat = {"id": 5, "type": "private"}
update = types.Update.model_validate({"update_id": 1, "message": {"message_id": 9, "date": 1, "chat": chat}})
assert isinstance(update.message, types.Message)
made = [getattr(types, name) for name in types.__all__]
made = [one for one in made if hasattr(one, "model_rebuild")] + [getattr(methods, name) for name in methods.__all__]
for one in made:
    one.model_rebuild()
    assert one.__pydantic_complete__, one
print(len(made))
"""


def test_each_model_is_made_when_it_is_used() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LATER], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(ran.stdout) > 400
