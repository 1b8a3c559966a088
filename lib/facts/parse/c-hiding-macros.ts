import { blank, IN_PARENTHESES, LONE_MACRO } from './c-repair.ts'

/*
 * Macros that hide a declaration while hardly anything is wrong in the tree: `class API Name {` reads as a function
 * without parameters, `API const T *f();` as a declaration of `T`. They are blanked before the first attempt.
 */

/** `class API Name {`, `struct API Name : Base {`; `enum MODE mode : 8;` is a field. */
const IN_CLASS =
  /(\b(?:class|struct|union|enum(?:[ \t]+class)?)[ \t]+)([A-Z][A-Z0-9]*_[A-Z0-9_]+(?:\([^()\n]{0,100}\))?|(?<=class[ \t]+)[A-Z][A-Z0-9]{2,})(?=\s+[A-Za-z_][\w:]*(?:<[^;{}()]{0,200}>)?\s*(?:final\s*)?(?:\{|:(?!:)[^;{}()=]{0,500}\{))/g

const FRONT = String.raw`^([ \t]*(?:template[ \t]*<[^;{}()\n]*>[ \t]+)?(?:(?:extern(?:[ \t]+"C")?|static|inline)[ \t]+)*)`
const MACRO = String.raw`[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?!(?:T|PTR|TYPE|STATE|HANDLE)\b)[A-Z0-9]+`
const BUILT_IN = String.raw`(?:struct|enum|union|unsigned|signed|void|int|char|short|long|float|double|bool|auto|static|inline|virtual|explicit|constexpr|size_t|s?size_t|u?int(?:8|16|32|64)_t)\b`
const TYPE_AND_NAME = String.raw`(?:const[ \t]+)?(?![A-Z][A-Z0-9_]*[ \t])[A-Za-z_][\w:]*(?:<[^;{}()\n]*>[ \t*&]*\n?[ \t]*|[ \t*&]+|[ \t*&]*\r?\n(?=[\w:~]+\())(?:const[ \t]+)?[A-Za-z_~][\w:]*(?:(?<=operator)[^\w\s();]{1,3})?[ \t]*[(;=[]`
const CONSTRUCTOR = String.raw`(\w+)::~?\3[ \t]*\(`
const POINTER = String.raw`[A-Za-z_]\w*(?:[ \t]+\w+)?[ \t*]+\(\*?\w+\)[ \t]*\(`
/** `API const T *name(`, `NODISCARD_X INLINE_X T name(`, `INLINE Type::Type(`; `STATE_T name(` is a type itself. */
const IN_FRONT = new RegExp(
  `${FRONT}(${MACRO}(?:[ \\t]+${MACRO})?)(?=[ \\t]+(?:${BUILT_IN}|${POINTER}|${TYPE_AND_NAME}|${CONSTRUCTOR}))`,
  'gm',
)

/** `PUBLIC(char *) name(`: the macro is given the type; a loop over something stands further in. */
const AROUND_TYPE =
  /^((?:[ \t]*extern[ \t]+|static[ \t]+)?)((?:[A-Z][A-Z0-9_]*|[ \t]*\w{0,40}(?:API|PUBLIC|EXPORT|EXTERN|DECL)\w{0,40})\()([A-Za-z_][\w \t:]{0,80}[ \t*&]{0,8})\)(?=[ \t]+[*&]*[A-Za-z_]\w*[ \t]*\()/gm

/** `API T *(*name)(int) ATTR;` */
const AT_END = /(\)[ \t]*)([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?=[ \t]*;)/g

/** `int CALLBACK name(`; `static HANDLE name(` and `struct POINT name(` have it for their type. */
const BEHIND_TYPE =
  /^([ \t]*(?:[a-z_]\w*[ \t*]+)*(?:\*[ \t]*|\b(?!(?:const|volatile|static|extern|inline|virtual|explicit|friend|constexpr|register|struct|enum|union|class|typename|typedef|new|else|return|goto|case|delete|throw|define|template)\b)[a-z_]\w*[ \t]+))([A-Z][A-Z0-9_]{3,})(?=[ \t]+[a-z_]\w*[ \t]*\()/gm

/** `void (CALLBACK *name)(int)`. */
const IN_POINTER = /(\w[ \t*]*\()([A-Z][A-Z0-9_]{2,})(?=[ \t]*\*[ \t]*\w+\)\s*\()/g

const FIELDS = '[A-Z][A-Z0-9]*_[A-Z0-9_]+'
/** `struct base {` with nothing but `BASE_FIELDS` on the lines below. */
const FIRST_FIELDS = new RegExp(
  String.raw`(\b(?:struct|union)[ \t]+(?:\w+\s*)?\{)((?:\s*\n[ \t]*${FIELDS}[ \t]*(?=\r?\n))+)`,
  'g',
)
/** The same in front of the bracket that closes it. */
const LAST_FIELDS = new RegExp(String.raw`^[ \t]+${FIELDS}(?=[ \t]*\r?\n[ \t]*\})`, 'gm')
/** `NAMES_MAP(XX)` between the definition of `XX` and its end. */
const LIST = /^[ \t]+[A-Z][A-Z0-9_]*\(\w+\)(?=[ \t]*\r?\n[ \t]*#[ \t]*undef\b)/gm
/** `EXPORT(int *name(int a)) {`: the macro is given all of the head. */
const AROUND_HEAD =
  /^([ \t]*)([A-Z][A-Z0-9]*_[A-Z0-9_]+\()([A-Za-z_][\w \t]{0,80}[ \t*&]{1,8}\w+\([^()\n]{0,400}\))\)(?=[ \t]*[;{])/gm

/** Text of C or C++ without the macros that hide what they stand beside; nothing moves. */
export function withoutHidingMacros(text: string): string {
  return text
    .replace(LONE_MACRO, blank)
    .replace(IN_PARENTHESES, '$1 $2 ')
    .replace(IN_CLASS, (_, before: string, macro: string) => before + blank(macro))
    .replace(IN_FRONT, (_, before: string, macro: string) => before + blank(macro))
    .replace(AT_END, (_, before: string, macro: string) => before + blank(macro))
    .replace(AROUND_TYPE, unwrapped)
    .replace(BEHIND_TYPE, (_, before: string, macro: string) => before + blank(macro))
    .replace(IN_POINTER, (_, before: string, macro: string) => before + blank(macro))
    .replace(
      AROUND_HEAD,
      (_: string, ...[before = '', macro = '', head = '']: string[]) => `${before}${blank(macro)}${head} `,
    )
    .replace(LIST, blank)
    .replace(MADE_TYPE, (_, before: string, name: string) => before + blank(name))
    .replace(LONE_CALL, (call: string, at: number, whole: string) => (isOutside(whole, at) ? blank(call) : call))
    .replace(FIRST_FIELDS, (_, before: string, fields: string) => before + blank(fields))
    .replace(LAST_FIELDS, (macro: string, at: number, whole: string) =>
      isBehindMember(whole, at) ? blank(macro) : macro,
    )
}

const CALL = String.raw`[A-Z][A-Z0-9]*_[A-Z0-9_]+\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)`
/** `DISALLOW_COPY(Name)` alone on a line, in front of another declaration. */
const LONE_CALL = new RegExp(String.raw`^[ \t]+${CALL}(?=[ \t]*\r?\n\s*(?:[A-Za-z_~}\[#]|\/[/*]))`, 'gm')
const CALLS_ABOVE = new RegExp(String.raw`(?:\s*\n[ \t]+${CALL}|\s*\n[ \t]*\/\/[^\n]*)+$`)
/** `khash_t(name) *table`: a type that a macro makes. */
const MADE_TYPE = /\b(k(?:hash|list|btree|vec|dq)_t[ \t]*)(\([ \t]*\w+[ \t]*\))(?=[ \t]*\*)/g

/** Whether what stands before a place ends a member or a statement; the last name of an enumeration follows a comma. */
function isBehindMember(text: string, at: number): boolean {
  return /[;}]$/.test(codeBefore(text, at))
}

/** Whether a declaration may begin at a place, below other calls of macros. */
function isOutside(text: string, at: number): boolean {
  return /(?:[;{}]|\b(?:public|private|protected)\s*:)$/.test(codeBefore(text, at).replace(CALLS_ABOVE, '').trimEnd())
}

const MAX_LOOK_BACK = 1_000

/** The code that stands before a place, without comments right above. */
function codeBefore(text: string, at: number): string {
  let before = text.slice(Math.max(0, at - MAX_LOOK_BACK), at).trimEnd()
  while (before.endsWith('*/')) before = before.slice(0, Math.max(0, before.lastIndexOf('/*'))).trimEnd()
  return before
}

function unwrapped(written: string, before: string, macro: string): string {
  return `${before}${blank(macro)}${written.slice(before.length + macro.length, -1)} `
}
