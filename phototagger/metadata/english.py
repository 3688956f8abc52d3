# SPDX-FileCopyrightText: 2026 The PhotoTagger authors
# SPDX-License-Identifier: Apache-2.0
"""Words of English that `keywords` needs to tell nouns from the rest. Data, and plural folding."""

# Words after which a noun comes, perhaps behind adjectives.
DETERMINERS = frozenset(
    """
a an the this that these those some any each every both all no another other his her its their my
our your one two three four five six seven eight nine ten eleven twelve several many few various
multiple numerous more most first second third half dozens
""".split()
)

# Words of the closed classes: they part what stands before them from what comes after.
BOUNDARIES = frozenset(
    """
of in on at with by for from to into onto over under near beside besides behind between among
amongst amid amidst against across along alongside around round through thru throughout above
below beneath underneath inside outside off up down out upon within without toward towards past
next about before after during while until till as like via per plus except and or but nor so than
because if when where which who whom whose what why how that both either he she it they him them
we you i me us someone everyone anyone somebody nobody something anything nothing himself herself
itself themselves themself there here very too also together outdoors indoors just still away back
forward ahead not only even almost already then now again apart aside upside upright everywhere
somewhere anywhere nearby get gets getting got let lets
""".split()
)

# Forms of to be and its like: what follows without an article says how something is.
COPULAS = frozenset(
    """
is are was were be been being am seems seem appears appear becomes become looks feels
""".split()
)

AUXILIARIES = frozenset(
    """
has have had having do does did done can could will would may might must shall should
""".split()
)

# Between a form of to be and how something is.
DEGREES = frozenset("very too also not just still so now quite rather really".split())

# After these a verb comes, where a noun would have an article.
BEFORE_VERBS = frozenset(
    "to that which who he she it they something someone somebody everyone".split()
)

# Nouns about the picture, about place in it, about number and about nothing in particular.
EMPTY_NOUNS = frozenset(
    """
picture pictures photo photos photograph photographs image images view shot close close-up closeup
scene background foreground front top bottom side middle center centre edge corner end part kind
type sort variety assortment selection collection group bunch pair couple lot lots set series row
rows line lines pile stack piece slice number amount batch array handful area spot place way thing
item object stuff air distance day time moment display use shape color colour size style length
height width level left right inside outside others ones one order position direction total rest
look pose blur bit case body herd flock formation forefront perspective fact example detail action
motion progress need ready half beginning rear interior exterior surface
""".split()
)

ADJECTIVES = frozenset(
    """
red orange yellow green blue purple violet pink brown black white gray grey beige tan golden gold
silver maroon turquoise teal navy cream blonde blond brunette colorful colourful colored coloured
bright dark light pale big small large little tiny huge giant great tall short long high low wide
narrow thick thin fat slim skinny heavy tight loose deep shallow full empty open closed shut young
old older elder younger elderly new newer modern ancient antique vintage historic historical
traditional beautiful pretty nice lovely cute adorable ugly handsome attractive fancy elegant
ornate plain simple basic good bad better best fresh ripe raw ripped rotten delicious tasty yummy
sweet sour hot cold warm cool wet dry damp muddy dusty sandy rocky grassy hilly snowy icy rainy
foggy cloudy sunny clear windy stormy wooden woolen metal metallic plastic ceramic rustic wild
tame busy quiet calm crowded happy sad angry funny silly serious tired sleepy hungry lonely alone
asleep awake alive dead dirty clean messy neat tidy cluttered shiny glossy fuzzy furry fluffy
hairy curly bald soft hard rough smooth flat round square rectangular oval triangular circular
curved straight sharp dull double single lone sole different similar same various certain public
private local urban rural domestic foreign asian african american european chinese japanese indian
mexican italian french german british english greek thai korean russian spanish military
professional ready able unable next last own whole entire main major minor multiple extra
additional electric electronic electrical digital mechanical industrial commercial residential
creepy strange weird odd unusual interesting amazing enormous massive medium sized miniature upper
lower front rear inner outer central northern southern eastern western lush leafy bare barren
strong weak fast slow safe dangerous rare cheap expensive free steep vertical horizontal adjacent
opposite nearby distant far near close such enough much less tropical nautical floral homemade
indoor outdoor outside inside overhead underwater upside snow-covered black-and-white complete
decorative oblong unique fake watery assorted stuffed mixed lit well-lit
""".split()
)

# Words in -ing that are things. Every other one is something that goes on.
ING_NOUNS = frozenset(
    """
building ceiling wedding ring king wing evening morning clothing string spring railing awning
icing frosting dressing topping bedding lighting stuffing pudding dumpling earring seedling
duckling fencing lettering engraving awnings being thing offering dwelling siding flooring housing
tubing wiring paving lightning darling sibling viking starling herring earrings railings ceilings
furnishing furnishings toppings
""".split()
)

# Things as well, but not behind who does them: "a painting", "a man painting".
ING_EITHER = frozenset("painting drawing carving landing crossing dressing".split())

# Words in -ed that are things; every other one is something that was done.
ED_NOUNS = frozenset("bed shed sled seed weed reed feed speed steed breed creed bobsled".split())

LY_NOUNS = frozenset("family fly belly jelly lily butterfly dragonfly assembly bully ally".split())

# Verbs in the infinitive: with a being or a vehicle before them they say what it does.
VERBS = frozenset(
    """
sit stand walk run play ride hold eat look lay lie fly jump wait watch swim graze swing hit throw
catch prepare talk sleep rest lean pose smile hang drive travel pass cross carry wear show take
make go come use try reach feed drink enjoy surf ski skate skateboard snowboard climb move turn
face point pull push kick cut cook serve stare gaze glance peek gather compete race fight hug kiss
roll slide glide land park stop float sail row paddle dive splash hike dance sing read write type
work shop perform practice check brush clean wash dry share put place pick give grab bite chew
lick sniff bark hunt chase perch roam wander enter leave approach head crowd line cover sell buy
celebrate laugh shake raise lift drop open close follow lead surround overlook attempt begin start
finish continue keep call speak attend board unload load fill set appear balance toss return
display contain feature include depict sport tie chat converse relax lounge rear stretch yawn nap
enjoys negotiate attest help need want see spread
""".split()
)

# Of these the third person is hardly ever a noun, so that anything may do it: "a piano sits".
PLAIN_VERBS = frozenset(
    """
say strike speed sit stand poke veer hold eat wear throw catch carry glide glare fix surround lay
lie wait swim graze prepare sleep lean take make go come use try reach enjoy climb gaze peek
gather compete hug sail perch wander enter sell buy celebrate laugh attempt begin continue keep
speak attend overlook depict contain include appear stare relax converse perform hang follow bring
give get become look show feature beat attest
""".split()
)

# Of these the infinitive is often a noun.
ALSO_NOUNS = frozenset("stand show feature use look hang fix beat hold catch throw".split())

PAST_FORMS = frozenset(
    """
sat stood ran rode held ate laid lain lay flew flown hung wore worn took taken made went gone came
threw thrown caught swung drove driven fed drank drunk swam shown built set cut put hit lit kept
left seen given drawn broken eaten hidden frozen written bitten ridden mown grown blown tied
""".split()
)

# Who does things in photos.
AGENTS = frozenset(
    """
man woman boy girl child kid baby toddler person people guy lady gentleman couple group crowd team
family friend player batter pitcher catcher umpire surfer skier snowboarder skateboarder skater
rider cyclist biker jockey driver worker chef cook waiter officer policeman soldier student
teacher tourist pedestrian passenger bride groom mother father mom dad son daughter brother sister
adult teenager teen youth athlete swimmer someone male female individual member dog cat puppy
kitten horse cow sheep goat bear elephant zebra giraffe lion tiger monkey bird duck goose seagull
pigeon parrot owl swan animal bull calf lamb pony foal deer squirrel rabbit fish train bus car
truck plane airplane jet boat ship motorcycle bicycle bike vehicle helicopter kite
""".split()
)

PLURALS = frozenset("people men women children sheep geese fish police deer".split())

COMPOUNDS = frozenset("""
air conditioner|alarm clock|apple juice|baking sheet|barbed wire|baseball bat|baseball cap
baseball field|baseball game|baseball glove|baseball mitt|baseball player|basketball court
basketball player|bathing suit|bathroom sink|beach chair|beer bottle|bell pepper|bell tower
bicycle rack|birthday cake|bow tie|brick building|brick wall|bunk bed|bus station|bus stop
cell phone|chain link fence|cheese cake|chocolate cake|christmas light|christmas tree|city bus
city skyline|clock tower|coffee cup|coffee maker|coffee mug|coffee pot|coffee shop|coffee table
computer keyboard|computer monitor|computer mouse|computer screen|country road|cowboy hat
cruise ship|cutting board|desktop computer|dining room|dining table|dinner table|dirt bike
dirt road|donut hole|double decker bus|dump truck|fence post|ferris wheel|fighter jet|fire engine
fire escape|fire hydrant|fire truck|fishing boat|fishing rod|flip flop|flower garden|flower pot
food truck|football field|football player|freight train|french fry|french toast|fried rice
fruit stand|frying pan|game controller|garbage can|garbage truck|gas station|golf ball|golf cart
golf club|golf course|grand piano|green bean|grizzly bear|hair dryer|half pipe|hard hat|high chair
home plate|hot air balloon|hot dog|hot sauce|hotel room|house plant|ice cream|jumbo jet
kitchen counter|kitchen sink|laptop computer|lawn chair|life jacket|life preserver|life vest
light house|light pole|living room|merry go round|mobile phone|mountain bike|mountain goat
mountain range|office chair|orange juice|palm tree|paper plate|paper towel|parking garage
parking lot|parking meter|passenger train|peanut butter|pick up truck|pickup truck|picnic table
picture frame|pine tree|ping pong paddle|ping pong table|pizza box|polar bear|police car
police officer|pork chop|potted plant|power line|price tag|race car|race track|railroad crossing
railroad track|railway station|remote control|road sign|rocking chair|roller coaster|rubber duck
running shoe|school bus|shopping bag|shopping cart|shopping center|shopping mall|shower curtain
shower stall|skate park|ski lift|ski pole|ski resort|ski slope|smart phone|soccer ball
soccer field|soccer game|soccer player|sports car|steam engine|steam train|stone wall|stop light
stop sign|straw hat|street lamp|street light|street sign|stuffed animal|stuffed bear
subway station|sun hat|sweet potato|swimming pool|swimming suit|swing set|teddy bear
telephone pole|tennis ball|tennis court|tennis match|tennis player|tennis racket|tennis racquet
tennis shoe|toilet bowl|toilet paper|toilet seat|tour bus|tow truck|towel rack|traffic light
traffic sign|traffic signal|train station|train track|trash can|video game|waiting room
washing machine|water bottle|wedding cake|wedding dress|wii remote|wind turbine|wine bottle
wine glass
""".strip().replace("\n", "|").split("|"))  # fmt: skip

# Written apart though they are one word.
SOLID = frozenset(
    """
airplane backpack laptop snowboarder surfboarder sidewalk bathroom bathtub bedroom bookcase
bookshelf classroom cupcake farmland firefighter fireplace handbag kickball lighthouse motorbike
motorcycle necktie rowboat sailboat seagull seashore skateboard snowboard speedboat surfboard
swimsuit teapot toothbrush toothpaste wheelchair windowsill workspace
""".split()
)

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth",
    "geese": "goose", "mice": "mouse", "oxen": "ox", "knives": "knife", "wives": "wife",
    "wolves": "wolf", "loaves": "loaf", "leaves": "leaf", "shelves": "shelf", "bookshelves":
    "bookshelf", "scarves": "scarf", "halves": "half", "calves": "calf", "hooves": "hoof",
    "elves": "elf", "lives": "life", "thieves": "thief", "firemen": "fireman", "policemen":
    "policeman", "snowmen": "snowman", "buses": "bus", "busses": "bus", "gases": "gas",
    "lenses": "lens", "canvases": "canvas", "octopuses": "octopus", "cactuses": "cactus",
    "cacti": "cactus", "axes": "axe", "quizzes": "quiz", "shoes": "shoe", "horseshoes": "horseshoe",
    "snowshoes": "snowshoe", "toes": "toe", "canoes": "canoe", "hoes": "hoe", "movies": "movie",
    "cookies": "cookie", "brownies": "brownie", "pies": "pie", "ties": "tie", "neckties": "necktie",
    "hoodies": "hoodie", "selfies": "selfie", "smoothies": "smoothie", "veggies": "veggie",
    "zombies": "zombie", "birdies": "birdie", "doggies": "doggie", "kiddies": "kiddie",
    "ladies": "lady", "skis": "ski", "taxis": "taxi", "bikinis": "bikini", "zucchinis": "zucchini",
    "kiwis": "kiwi", "caches": "cache", "headaches": "headache", "moustaches": "moustache",
    "mustaches": "mustache", "kimonos": "kimono",
}  # fmt: skip
# Words in -s that have no other form, or mean another thing without it.
_ALWAYS_S = frozenset(
    """
glasses sunglasses eyeglasses goggles binoculars headphones earphones scissors pliers tweezers
tongs jeans pants shorts trousers overalls pajamas pyjamas tights leggings clothes stairs
groceries outdoors series species christmas chess bass atlas iris lens gas canvas pancreas texas
paris las mattress news mathematics athletics graphics dominoes suspenders headquarters barracks
crossroads swiss gps
""".split()
)


def singular(noun: str) -> str:
    """A noun in the singular, as far as its letters tell; `noun` in lower case."""
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun in _ALWAYS_S or not noun.endswith("s") or noun.endswith(("ss", "us", "is")):
        return noun
    if len(noun) < 4:
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes", "zes")) and not noun.endswith("azes"):
        return noun[:-2] if noun.endswith(("sses", "ches", "shes", "xes", "zzes")) else noun[:-1]
    if noun.endswith("oes"):
        return noun[:-2]
    return noun[:-1]
