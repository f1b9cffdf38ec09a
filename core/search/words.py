"""What the words of a request mean: mere politeness, and which service a verb asks for."""

# Where one begins with another the longer stands first: they are tried in this order.
FILLER_HAN = (
    "都可以", "可以吗", "一整天", "有没有人", "能不能", "可不可以", "多少钱", "有没有", "怎么办", "帮我", "帮忙", "帮",
    "一下子", "一下", "请问", "请", "我想要", "我想", "我要", "我们家", "我家", "我的", "想要",
    "需要", "想找", "找人", "找个", "谁能", "有人", "可以", "给我", "麻烦", "预约", "上门",
    "服务", "师傅", "附近", "家里", "家中", "今天", "明天", "现在", "马上", "尽快", "这个",
    "有空", "都行", "行吗", "好吗", "改成", "改到", "换成",
    "那个", "一个", "的", "了", "吗", "呢", "吧", "啊", "呀", "我",
)  # fmt: skip

FILLER_LATIN = frozenset((
    "a", "about", "an", "and", "any", "at", "book", "booking", "can", "come", "could", "do", "for", "get",
    "have", "hello", "help", "hi", "how", "i", "im", "in", "instead", "is", "it", "looking", "me", "my", "near",
    "nearby", "need", "no", "of", "on", "our", "please", "pls", "s", "shifu", "service", "services", "some", "somebody",
    "someone", "t", "that", "the", "this", "to", "today", "tomorrow", "up", "want", "we", "what", "whats",
    "who", "with", "won", "would", "you", "your",
))  # fmt: skip

# A sign in the request → the words under which the service is filed.
MEANS_HAN = {
    "修": ("维修",), "坏": ("维修",), "不冷": ("维修",), "不制冷": ("维修",), "不热": ("维修",),
    "不转": ("维修",), "不亮": ("维修",), "不工作": ("维修",), "没反应": ("维修",),
    "打不开": ("维修", "开锁"), "故障": ("维修",), "洗": ("清洗",), "脏": ("清洗",),
    "擦": ("清洁",), "扫": ("打扫", "保洁", "清洁"), "搞卫生": ("保洁",), "打扫": ("保洁",),
    "清洁": ("保洁",), "装": ("安装",), "挂": ("安装",), "拆": ("拆装",), "换": ("更换",),
    "通": ("疏通",), "堵": ("疏通",), "漏": ("漏水", "补漏"), "剪": ("理发", "剪发"),
    "理发": ("剪发",), "剪发": ("理发",), "搬": ("搬家",), "刷墙": ("粉刷",), "锁": ("开锁",),
    "化妆": ("彩妆",), "按": ("按摩",), "接": ("接送",), "喂": ("喂养",), "遛": ("遛狗",),
    "虫": ("除虫",), "灭": ("杀虫",), "冷气": ("空调",), "电视": ("电视机",), "座便": ("马桶",),
    "坐便": ("马桶",), "阿姨": ("保洁", "保姆"), "指甲": ("美甲",),
    # as people in Guangdong and Hong Kong write it, in simplified characters
    "整冷气": ("空调", "维修"), "唔冻": ("不冷", "维修"), "唔热": ("不热", "维修"), "唔着": ("不亮", "维修"),
    "唔转": ("不转", "维修"), "唔得": ("坏了", "维修"), "整电": ("维修",), "整灯": ("装灯",), "整水": ("维修",),
    "渠": ("下水道", "疏通"), "塞咗": ("堵了", "疏通"), "塞住": ("堵了", "疏通"), "座厕": ("马桶",), "厕所": ("马桶",),
    "水喉": ("水管", "漏水"),
    "热水炉": ("热水器", "维修"), "搬屋": ("搬家",), "执屋": ("收纳", "整理", "打扫"),
    "钟点": ("钟点工",), "飞发": ("理发", "剪头发"), "甴": ("蟑螂", "杀虫"), "湊仔": ("带孩子",), "凑仔": ("带孩子",),
    "睇仔": ("带孩子",), "陪月": ("月嫂",), "手机芒": ("手机屏幕", "换屏"), "爆芒": ("碎屏", "换屏"),
    "油墙": ("刷墙",), "打窿": ("打洞",), "锁匙": ("钥匙", "开锁"), "睇老人": ("照顾老人",),
    "放狗": ("遛狗",), "唔著": ("不亮", "维修"), "抹窗": ("擦窗",), "梳化": ("沙发",), "烫衫": ("烫衣服",),
    "家私": ("家具",), "嵌": ("组装",), "整门": ("修门",), "上网": ("网络", "网速"),
}  # fmt: skip

MEANS_LATIN = {
    "fix": ("repair",), "broken": ("repair",), "broke": ("repair",), "mend": ("repair",),
    "dead": ("repair",), "repair": ("fix",), "wash": ("clean",), "dirty": ("clean",),
    "tidy": ("clean",), "maid": ("clean",), "mop": ("clean",), "install": ("mount",),
    "mount": ("install",), "hang": ("install", "mount"), "assembl": ("install",),
    "clog": ("unclog", "drain", "block"), "unclog": ("clog", "drain", "block"),
    "block": ("clog", "unclog", "drain"), "unblock": ("clog", "unclog", "drain"),
    "leak": ("plumb",), "aircon": ("air", "condition", "ac"), "ac": ("air", "condition"),
    "tv": ("televis",), "telly": ("televis", "tv"), "fridg": ("refrigerator",),
    "refrigerator": ("fridg",), "couch": ("sofa",), "loo": ("toilet",), "wc": ("toilet",),
    "barber": ("haircut", "hair"), "nail": ("manicur",), "manicur": ("nail",),
    "locksmith": ("lock",), "movers": ("mov",), "nanny": ("babysit",), "babysit": ("nanny",),
    "bug": ("pest",), "cockroach": ("pest",),
}  # fmt: skip
