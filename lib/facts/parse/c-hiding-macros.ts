import { blank, IN_PARENTHESES, LONE_MACRO } from './c-repair.ts'

/*
 * Macros that hide a declaration while hardly anything is wrong in the tree: `class API Name {` reads as a function
 * without parameters, `API const T *f();` as a declaration of `T`. They are blanked before the first attempt.
 */

/** `class API Name {`, `struct API Name : Base {`; `enum MODE mode : 8;` is a field. */
const IN_CLASS =
  /(\b(?:class|struct|union|enum(?:[ \t]+class)?)[ \t]+)([A-Z][A-Z0-9]*_[A-Z0-9_]+(?:\([^()\n]{0,100}\))?|(?<=class[ \t]+)[A-Z][A-Z0-9]{2,})(?=\s+[A-Za-z_][\w:]*(?:<[^;{}()]{0,200}>)?\s*(?:final\s*)?(?:\{|:(?!:)[^;{}()=]{0,500}\{))/g

const FRONT = String.raw`^([ \t]*(?:(?:extern(?:[ \t]+"C")?|static|inline)[ \t]+)*)`
const MACRO = String.raw`([A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?!(?:T|PTR|TYPE|STATE|HANDLE)\b)[A-Z0-9]+)`
const BUILT_IN = String.raw`(?:struct|enum|union|unsigned|signed|void|int|char|short|long|float|double|bool|auto|static|inline|virtual|explicit|constexpr|size_t|s?size_t|u?int(?:8|16|32|64)_t)\b`
const TYPE_AND_NAME = String.raw`(?:const[ \t]+)?(?![A-Z][A-Z0-9_]*[ \t])[A-Za-z_][\w:]*(?:<[^;{}()\n]*>)?[ \t*&]+(?:const[ \t]+)?[A-Za-z_~][\w:]*[ \t]*[(;=[]`
const CONSTRUCTOR = String.raw`(\w+)::~?\3[ \t]*\(`
const POINTER = String.raw`[A-Za-z_]\w*(?:[ \t]+\w+)?[ \t*]+\(\*?\w+\)[ \t]*\(`
/** `API const T *name(`, `INLINE Type::Type(`; `STATE_T name(` is a type itself. */
const IN_FRONT = new RegExp(
  `${FRONT}${MACRO}(?=[ \\t]+(?:${BUILT_IN}|${POINTER}|${TYPE_AND_NAME}|${CONSTRUCTOR}))`,
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
const IN_POINTER = /(\w[ \t*]*\()([A-Z][A-Z0-9_]{2,})(?=[ \t]+\*[ \t]*\w+\)[ \t]*\()/g

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
}

function unwrapped(written: string, before: string, macro: string): string {
  return `${before}${blank(macro)}${written.slice(before.length + macro.length, -1)} `
}
