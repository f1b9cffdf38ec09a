// The page's own words in both languages; what the bots say comes from the bots.

const TABLE = {
  hint: ["Try it: search “修空调” as the customer, pay by link, accept as the provider", "试一试：顾客搜「修空调」，点链接付款，再以师傅身份接单"],
  sandbox: ["Sandbox", "沙盒"],
  sandbox_about: ["Everything here is real except Telegram and the money", "除了 Telegram 和钱，这里的一切都是真的"],
  to_dark: ["Switch to the dark look", "切换到深色外观"],
  to_light: ["Switch to the light look", "切换到浅色外观"],
  page_language: ["Language of this page", "页面语言"],
  customer: ["Customer", "顾客"],
  provider: ["Provider", "师傅"],
  staff: ["Staff", "客服后台"],
  playing: ["Playing as {name}", "当前身份：{name}"],
  choose_person: ["Choose who plays", "选择扮演谁"],
  find_person: ["Find a person", "查找人物"],
  has_message: ["has a new message", "有一条新消息"],
  has_messages: ["has {count} new messages", "有 {count} 条新消息"],
  switch_to: ["Switch", "切换"],
  new_customer: ["New customer", "新顾客"],
  new_name: ["Name", "姓名"],
  create: ["Create", "创建"],
  telegram_speaks: ["{name}’s Telegram is now in English. A bot that knows {name} already keeps the language chosen there: send /language.", "{name} 的 Telegram 已切换为中文。已经用过的机器人保留原来选的语言，可发送 /language 更改。"],
  person_language: ["Language of {name}", "{name} 的语言"],
  bot: ["bot", "机器人"],
  members: ["staff group", "员工群"],
  general: ["General", "综合"],
  all_topics: ["All topics", "全部话题"],
  topics: ["Topics", "话题"],
  closed_topic: ["This topic is closed", "该话题已关闭"],
  bot_chat: ["Bot chat", "与机器人私聊"],
  no_topic_messages: ["No messages yet", "还没有消息"],
  start: ["Start", "开始"],
  start_title: ["Say hello to {name}", "和「{name}」打个招呼"],
  start_text: ["Press Start below, just as you would in Telegram.", "点下方的「开始」，和在 Telegram 里一样。"],
  empty_group: ["Orders, questions and alerts will show up here.", "订单、咨询和提醒都会出现在这里。"],
  placeholder: ["Message", "输入消息"],
  send: ["Send", "发送"],
  save: ["Save", "保存"],
  attach: ["Attach", "附件"],
  commands: ["Commands", "命令"],
  menu: ["Menu", "菜单"],
  show_keyboard: ["Show keyboard", "显示键盘"],
  hide_keyboard: ["Hide keyboard", "收起键盘"],
  photo: ["Photo", "照片"],
  video: ["Video", "视频"],
  voice: ["Voice message", "语音消息"],
  sticker: ["Sticker", "贴纸"],
  file: ["File", "文件"],
  album: ["Album", "相册"],
  location: ["Location", "位置"],
  live_location: ["Live location", "实时位置"],
  contact: ["Contact", "联系人"],
  my_contact: ["My phone number", "我的手机号"],
  share_contact_question: ["Share your phone number with the bot?", "把你的手机号发给机器人？"],
  share: ["Share", "发送"],
  cancel: ["Cancel", "取消"],
  close: ["Close", "关闭"],
  ok: ["OK", "好"],
  choose_place: ["Choose a place", "选择地点"],
  walk_to_place: ["Walk to a place", "步行前往"],
  find_place: ["Search places, e.g. 人民广场", "搜索地点，如：人民广场"],
  no_places: ["No such place in the demo city. Try a shorter name.", "演示城市里没有这个地点，换个更短的名字试试。"],
  places_count: ["{count} places", "{count} 个地点"],
  send_place: ["Send this place", "发送该位置"],
  walk_here: ["Walk here, sharing live", "步行前往并共享实时位置"],
  walking: ["Walking to {place} · {step}/{steps}", "正在前往{place} · {step}/{steps}"],
  arrived: ["At {place}, still sharing", "已到达{place}，仍在共享"],
  stop_sharing: ["Stop sharing", "停止共享"],
  near: ["Near {place}", "{place}附近"],
  at_place: ["{place}", "{place}"],
  metres: ["{count} m away", "约 {count} 米"],
  kilometres: ["{count} km away", "约 {count} 公里"],
  updated_now: ["updated just now", "刚刚更新"],
  updated_ago: ["updated {count} min ago", "{count} 分钟前更新"],
  live_ended: ["sharing ended", "已停止共享"],
  edited: ["edited", "已编辑"],
  reply: ["Reply", "回复"],
  edit: ["Edit", "编辑"],
  copy: ["Copy text", "复制文字"],
  message_actions: ["Message actions", "消息操作"],
  editing: ["Edit message", "编辑消息"],
  replying: ["Reply to {name}", "回复 {name}"],
  copied: ["Copied", "已复制"],
  copy_failed: ["Could not copy. Text: {text}", "复制失败，内容：{text}"],
  pinned: ["Pinned message", "置顶消息"],
  pinned_service: ["{name} pinned a message", "{name} 置顶了一条消息"],
  topic_created: ["Topic “{name}” created", "话题「{name}」已创建"],
  topic_closed: ["Topic closed", "话题已关闭"],
  topic_reopened: ["Topic reopened", "话题已重新打开"],
  topic_renamed: ["Topic renamed to “{name}”", "话题改名为「{name}」"],
  joined: ["{name} joined the group", "{name} 加入了群组"],
  left: ["{name} left the group", "{name} 离开了群组"],
  service: ["Service message", "系统消息"],
  unread: ["Unread messages", "未读消息"],
  to_bottom: ["Jump to the newest message", "跳到最新消息"],
  unread_count: ["{count} unread", "{count} 条未读"],
  typing: ["typing…", "正在输入…"],
  sending_photo: ["sending photo…", "正在发送照片…"],
  sending_file: ["sending file…", "正在发送文件…"],
  choosing_place: ["sharing location…", "正在发送位置…"],
  recording: ["recording voice…", "正在录音…"],
  connecting: ["Reconnecting…", "正在重新连接…"],
  connected: ["Connected", "已连接"],
  no_server: ["The sandbox does not answer. It will reconnect by itself.", "沙盒暂无响应，恢复后会自动重连。"],
  button_gone: ["This button is no longer there", "这个按钮已失效"],
  no_answer: ["The bot has not answered yet", "机器人暂未响应"],
  not_sent: ["Not sent: {reason}", "发送失败：{reason}"],
  open_link: ["opens in a new tab", "在新标签页打开"],
  today: ["Today", "今天"],
  yesterday: ["Yesterday", "昨天"],
  block: ["Stop and block the bot", "停用并屏蔽机器人"],
  unblock: ["Unblock the bot", "解除屏蔽"],
  blocked: ["You have blocked this bot", "你已屏蔽该机器人"],
  more: ["More", "更多"],
  previous: ["Previous", "上一张"],
  next: ["Next", "下一张"],
  remove: ["Remove", "移除"],
  drop_here: ["Drop photos or files here", "把照片或文件拖到这里"],
  caption: ["Add a caption", "添加说明"],
  offers: ["What the bot offers", "机器人给出的内容"],
  no_offers: ["Nothing found", "没有找到"],
  via: ["via @{name}", "来自 @{name}"],
  opened_elsewhere: ["Opened in the chat with {name}", "已在与「{name}」的聊天中打开"],
  not_here: ["Works in Telegram only", "仅在 Telegram 中可用"],
  invoice: ["Payment", "付款"],
  invoice_pay: ["Pay {amount}", "支付 {amount}"],
  invoice_card: ["Test card •••• 4242", "测试卡 •••• 4242"],
  invoice_paid: ["Paid", "支付成功"],
  invoice_failed: ["Not paid", "未支付"],
  invoice_late: ["The bot did not answer in time. Nothing was charged.", "机器人没有及时响应，未扣款。"],
  paid_service: ["{amount} paid", "已支付 {amount}"],
  you: ["You", "你"],
};

export const pageLanguages = { en: "EN", zh: "中文" };
let current = "en";

export function useLanguage(language) {
  current = language === "zh" ? "zh" : "en";
  document.documentElement.lang = current === "zh" ? "zh-Hans" : "en";
}

export function language() {
  return current;
}

export function locale() {
  return current === "zh" ? "zh-CN" : "en-GB";
}

export function t(key, facts = {}) {
  const text = TABLE[key][current === "zh" ? 1 : 0];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(facts[name] ?? ""));
}

// One text in the language of somebody else than the page's reader.
export function tIn(code, key, facts = {}) {
  const before = current;
  current = code.startsWith("zh") ? "zh" : "en";
  const text = t(key, facts);
  current = before;
  return text;
}

export function placeName(place) {
  return current === "zh" ? place.name : place.name_en || place.name;
}
