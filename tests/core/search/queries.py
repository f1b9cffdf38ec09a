"""What people type, and the services any of which must then be among the first three."""

QUERIES = {
    # the thing by name
    "空调维修": "ac-repair", "空调": "ac-repair ac-cleaning ac-install",
    "马桶疏通": "toilet-unblock", "保洁": "hourly-cleaning", "美甲": "manicure", "开锁": "lockout",
    "月嫂": "newborn-care", "遛狗": "dog-walking", "沙发": "sofa-cleaning",
    "热水器": "heater-repair", "搬家": "small-move full-move", "甲醛": "formaldehyde",
    # loose words, verbs, symptoms
    "修空调": "ac-repair", "空调不冷": "ac-repair", "洗空调": "ac-cleaning",
    "装空调": "ac-install", "帮我修一下空调": "ac-repair", "请问可以上门洗沙发吗": "sofa-cleaning",
    "下水道堵了": "drain-unblock", "马桶堵了怎么办": "toilet-unblock", "家里漏水": "pipe-leak",
    "水管爆了": "pipe-leak", "洗衣机不转": "washer-repair", "冰箱坏了": "fridge-repair",
    "找个阿姨打扫卫生": "hourly-cleaning", "擦窗户": "window-cleaning", "剪头发": "haircut",
    "染头发": "hair-colour", "钥匙忘带了": "lockout", "换锁": "lock-change",
    "家里有蟑螂": "cockroach", "有老鼠": "rodent", "手机屏幕碎了": "phone-screen",
    "电脑开不了机": "computer-repair", "装灯": "lamp-install", "跳闸了": "wiring",
    "我想找人搬家": "small-move full-move", "组装衣柜": "furniture-assembly",
    "照顾老人": "elder-care", "喂猫": "cat-feeding", "给狗狗洗澡": "pet-grooming",
    "衣服熨烫": "ironing", "打孔": "drilling", "水龙头坏了": "tap-replace",
    "新房开荒保洁": "new-home-cleaning", "看孩子": "babysitting", "网速慢": "wifi-setup",
    "通下水道": "drain-unblock", "做饭阿姨": "home-cooking", "电视黑屏": "tv-repair",
    # traditional characters, full width
    "空調維修": "ac-repair", "冷氣不冷": "ac-repair", "洗衣機清洗": "washer-cleaning",
    "馬桶疏通": "toilet-unblock", "開鎖": "lockout", "搬家公司": "small-move full-move",
    "ＡＣ　ｒｅｐａｉｒ": "ac-repair", "電腦維修": "computer-repair",
    # English
    "ac repair": "ac-repair", "fix my air conditioner": "ac-repair",
    "clean my sofa": "sofa-cleaning", "house cleaning": "hourly-cleaning deep-cleaning",
    "blocked toilet": "toilet-unblock", "unclog the drain": "drain-unblock",
    "plumber": "pipe-leak tap-replace drain-unblock", "locked out": "lockout",
    "locksmith please": "lockout lock-change", "haircut at home": "haircut", "nails": "manicure",
    "fridge not cold": "fridge-repair", "washing machine broken": "washer-repair",
    "babysitter": "babysitting", "dog walker": "dog-walking",
    "moving house": "small-move full-move",
    "I need someone to assemble furniture": "furniture-assembly", "mice": "rodent",
    "TV repair": "tv-repair", "cracked phone screen": "phone-screen", "wifi": "wifi-setup",
    "leaking pipe": "pipe-leak", "electrician": "wiring lamp-install",
    "hang a picture": "drilling", "cook": "home-cooking",
    # pinyin
    "kongtiao": "ac-repair ac-cleaning ac-install", "kongtiaoweixiu": "ac-repair",
    "kong tiao wei xiu": "ac-repair", "baojie": "hourly-cleaning", "kaisuo": "lockout",
    "banjia": "small-move full-move", "meijia": "manicure",
    "matong": "toilet-unblock toilet-repair", "xiyiji": "washer-repair washer-cleaning",
    "shafa qingxi": "sofa-cleaning", "bingxiang": "fridge-repair",
    # slips
    "空条维修": "ac-repair", "空掉清洗": "ac-cleaning", "洗一机维修": "washer-repair",
    "马捅疏通": "toilet-unblock", "ac repiar": "ac-repair", "sofa claening": "sofa-cleaning",
    "refridgerator": "fridge-repair", "kontiao": "ac-repair ac-cleaning ac-install",
    "manicur": "manicure", "locksmth": "lockout lock-change", "termits": "termite",
    "haircutt": "haircut", "cocroach": "cockroach", "toilett": "toilet-unblock toilet-repair",
}  # fmt: skip

# What has nothing to do with any service: typed by mistake, for fun, or to somebody else.
NONSENSE = (
    "blorp", "asdf qwer", "asdfgh", "qwerty", "lorem ipsum", "foo bar", "foobar", "zxcvbn", "hjkl", "xyzzy",
    "flurb", "gribble", "snorf", "wibble", "quux", "plugh", "blah blah", "lol", "haha", "hmm", "ok", "abc",
    "abcd", "aaa", "aaaa", "aaaaaaa", "banana", "elephant", "bitcoin price", "what is the weather",
    "who won the match", "tell me a joke", "i love you", "how are you", "politics", "stock market",
    "recipe for pancakes", "sing a song", "capital of france", "tree", "river", "guitar lessons", "tax advice",
    "pizza delivery", "flight to tokyo", "rocket science", "dentist", "lawyer", "passport renewal", "blorpy",
    "grumph", "splat", "drumble", "mizzle", "kwijibo", "fnord", "brillig", "slithy toves", "xkcd", "wtf", "omg",
    "yo", "sup", "bla", "brr", "trololo", "gaga", "dada", "mama", "papa", "dragon", "spaceship", "moon", "poem",
    "football", "movie", "glorp", "florp", "dorp", "thorp", "corp", "warp", "harp", "carp", "tarp", "borb",
    "termination", "terminal", "fair", "chair", "tokyo", "paris", "clown", "crown", "drown", "moose", "lunch",
    "punch", "bunch", "啊啊啊啊", "哈哈哈", "呵呵", "嗯嗯", "哦", "行", "不要", "天气怎么样", "今天天气",
    "股票", "我爱你", "讲个笑话", "你是谁", "吃饭了吗", "晚安", "唱首歌", "世界杯", "比特币", "的的的的",
    "一二三四", "阿斯顿", "嘻嘻嘻", "大象", "飞机票", "高铁票", "外卖", "打车", "律师", "牙医", "考试",
    "数学题", "写作文", "北京", "长城", "月亮", "嘎嘎嘎", "咕咕咕", "哇塞", "啦啦啦", "略略略", "噗噗", "随便",
    "无聊", "123", "12345", "???", "。。。", "666", "233333", "hahaha", "heihei", "hehe", "wo ai ni",
    "ni hao ma", "tianqi", "gupiao",
)  # fmt: skip
