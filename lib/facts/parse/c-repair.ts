/**
 * Code before the preprocessor ran does not parse where macros stand for attributes, braces or keywords, or where
 * conditions cut through declarations. Each attempt blanks out what is not C++ without moving anything, so that places
 * stay true; the last one leaves code out.
 */
export const C_REPAIRS: ((text: string) => string)[] = [
  withoutMacros,
  (text) => withoutMacros(text).replace(CONDITION, blank),
  (text) => firstBranches(withoutMacros(text)),
]

/** C# has conditions, but no macros. */
export const CSHARP_REPAIRS: ((text: string) => string)[] = [(text) => text.replace(CONDITION, blank), firstBranches]

const CONDITION = /^[ \t]*#[ \t]*(?:ifdef|ifndef|if|elifdef|elifndef|elif|else|endif)\b(?:[^\n\\]|\\[^\n]|\\\r?\n)*/gm
const MACRO = String.raw`\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b(?:[ \t]*\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))?`
/** `FMT_BEGIN_NAMESPACE`, `G_DEFINE_TYPE(…)` alone on a line. */
export const LONE_MACRO =
  /^[ \t]*[A-Z][A-Z0-9_]*(?:BEGIN|END|DECLS|NAMESPACE|PRAGMA|WARNING|DIAGNOSTIC|EXTERN_C)[A-Z0-9_]*(?:[ \t]*\([^\n]*\))?[ \t]*;?[ \t]*$/gm
/** `class FMT_API Name`. */
const IN_TYPE = new RegExp(
  String.raw`(\b(?:class|struct|union|enum(?:[ \t]+class)?)\s+)(${MACRO}|[A-Z]{3,}(?=\s+\w+\s*(?:final\s*)?[:{]))`,
  'g',
)
/** `FMT_API auto name(`, `template <…> CONSTEXPR_14 void`. */
const BEFORE = new RegExp(
  String.raw`(^|[;{}>)\n][ \t]*|\b(?:static|inline|extern|virtual|friend|explicit|constexpr|const)[ \t]+)(${MACRO})(?=\s+[A-Za-z_~:])`,
  'g',
)
/** `extern API int f(`: a capital word between a keyword and a type. */
const AMONG =
  /(\b(?:extern|static|inline)[ \t]+)([A-Z][A-Z0-9]{2,})(?=[ \t]+(?:const|struct|unsigned|signed|void|int|char|long|short|bool|auto|size_t|[A-Za-z_]\w*[ \t*]+\w+[ \t]*\())/g
/** `name() FMT_NOEXCEPT {`. */
const BEHIND = new RegExp(String.raw`(\)\s*(?:const\s*)?)(${MACRO})(?=\s*(?:[{;=:]|->|${MACRO}))`, 'g')
const CPP_WORDS =
  /\b(?:class|new|delete|this|template|private|public|protected|namespace|operator|virtual|typename|friend|explicit|mutable|throw|try|catch|using|export|and|or|not|xor)\b/g
/** Old C: the types of the parameters stand between the list and the body. */
const OLD_STYLE = /^(\w[\w \t*]*\([\w, \t]+\))([ \t]*\n(?:[ \t]*[A-Za-z_][^\n(){}=;]*;[ \t]*\n){1,12})(?=\{)/gm

/** `redisAtomic int count;`: a word of mixed case in front of a type of the language. */
const BEFORE_BUILT_IN =
  /^([ \t]+)([a-z]+[A-Z]\w*)(?=[ \t]+(?:unsigned|signed|int|long|short|char|u?int(?:8|16|32|64)_t|size_t|time_t)[ \t]+\w)/gm

/** `if FMT_CONSTEXPR20 (`. */
const BEHIND_IF = /(\bif[ \t]+)([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?=[ \t]*\()/g

/** `JSON_PRIVATE_UNLESS_TESTED:` where an access specifier stands. */
const ACCESS = /^([ \t]+)([A-Z][A-Z0-9]*_[A-Z0-9_]*(?:PRIVATE|PROTECTED)[A-Z0-9_]*)(?=[ \t]*:[ \t]*$)/gm

/** `JSON_TRY {` and `JSON_CATCH (…)`: what follows must not be torn from its function. */
const TRY = /\b([A-Z][A-Z0-9_]*_TRY)(?=\s*\{)/g
const CATCH = /(\}\s*)([A-Z][A-Z0-9_]*_CATCH)(?=[ \t]*\()/g

/** `int (name)(…)` is no call. */
export const IN_PARENTHESES =
  /\b((?:void|int|char|long|short|float|double|unsigned|bool|size_t)[ \t*]*)\((\w+)\)(?=[ \t]*\()/g

/** The grammar does not know `unsigned(x)` and takes what follows for template arguments. */
const UNSIGNED = /\bunsigned(?=\([^*)])/g

function withoutMacros(text: string): string {
  const repeated = withTypeParameters(withoutInnerComments(text))
    .replace(IN_PARENTHESES, '$1 $2 ')
    .replace(UNSIGNED, 'Unsigned')
    .replace(TRY, (macro: string) => 'try'.padEnd(macro.length))
    .replace(CATCH, (_, before: string, macro: string) => before + 'catch'.padEnd(macro.length))
    .replace(LONE_MACRO, blank)
    .replace(ACCESS, (_, indent: string, macro: string) => indent + 'private'.padEnd(macro.length))
    .replace(BEFORE_BUILT_IN, (_, indent: string, macro: string) => indent + blank(macro))
    .replace(BEHIND_IF, (_, before: string, macro: string) => before + blank(macro))
    .replace(IN_TYPE, (_, keyword: string, macro: string) => keyword + blank(macro))
    .replace(BEFORE, (_, before: string, macro: string) => before + blank(macro))
    .replace(BEFORE, (_, before: string, macro: string) => before + blank(macro))
    .replace(AMONG, (_, before: string, macro: string) => before + blank(macro))
    .replace(BEHIND, (_, before: string, macro: string) => before + blank(macro))
  if (/::|\btemplate\s*<|^\s*(?:class|namespace)\s+\w+/m.test(text.replace(/^\s*#.*/gm, ''))) return repeated
  return repeated
    .replace(CPP_WORDS, (word) => word.slice(0, -1) + word.slice(-1).toUpperCase())
    .replace(OLD_STYLE, (_, head: string, types: string) => head + blank(types))
}

const MAX_CONTINUED_CHARS = 1_000

/** The grammar ends a macro of several lines at a comment inside it. */
function withoutInnerComments(text: string): string {
  if (!text.includes('\\\n') && !text.includes('\\\r\n')) return text
  return text
    .split('\n')
    .map((line) => {
      const isContinued = line.length <= MAX_CONTINUED_CHARS && line.trimEnd().endsWith('\\')
      return isContinued ? line.replace(/\/\*.*?\*\//g, blank) : line
    })
    .join('\n')
}

const TEMPLATE = /\btemplate[ \t]*</g
const CALL = String.raw`\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)`
/** `template <typename T, FMT_ENABLE_IF(is_integral<T>::value)>`. */
const PARAMETER = new RegExp(String.raw`([<,]\s*)([A-Z][A-Z0-9]*_[A-Z0-9_]+${CALL})(?=\s*[,>])`, 'g')
const MAX_TEMPLATE_CHARS = 2_000

function asType(parameter: string): string {
  return `class${blank(parameter.slice(5))}`
}

const ENABLE_IF = /^(\s*)((?:typename\s+)?(?:std::)?enable_if(?:_t)?\s*<[\s\S]*)$/

/** `typename std::enable_if<…>::type = 0` is as good as a type without a name, and the grammar loses its way in it. */
function withoutConditions(header: string): string {
  if (!header.includes('enable_if')) return header
  let [angles, rounds, from] = [0, 0, header.indexOf('<') + 1]
  let kept = header.slice(0, from)
  for (let at = from - 1; at < header.length; at += 1) {
    const sign = header[at]
    const isEnd = at === header.length - 1
    if (isEnd || (sign === ',' && angles === 1 && rounds === 0)) {
      kept += header.slice(from, at).replace(ENABLE_IF, (_, indent: string, one: string) => indent + asType(one)) + sign
      from = at + 1
    } else if (sign === '(') rounds += 1
    else if (sign === ')') rounds -= 1
    else if (sign === '<' && rounds === 0) angles += 1
    else if (sign === '>' && rounds === 0 && header[at - 1] !== '-') angles -= 1
  }
  return kept
}

/** A macro among template parameters is as good as a type without a name. */
function withTypeParameters(text: string): string {
  let kept = ''
  let at = 0
  for (const { index } of text.matchAll(TEMPLATE)) {
    const end = index < at ? index : endOfTemplate(text, index)
    if (end <= at) continue
    const header = text.slice(index, end)
    kept +=
      text.slice(at, index) +
      withoutConditions(header).replace(PARAMETER, (_, before: string, macro: string) => before + asType(macro))
    at = end
  }
  return kept + text.slice(at)
}

/** Offset behind the bracket that closes the parameters of a template. */
function endOfTemplate(text: string, start: number): number {
  let [angles, rounds] = [0, 0]
  for (let at = text.indexOf('<', start); at < Math.min(text.length, start + MAX_TEMPLATE_CHARS); at += 1) {
    const sign = text[at]
    if (sign === '(') rounds += 1
    else if (sign === ')') rounds -= 1
    else if (sign === '<' && rounds === 0) angles += 1
    else if (sign === '>' && rounds === 0 && text[at - 1] !== '-') angles -= 1
    else if (sign === ';' || sign === '{') return start
    if (angles === 0) return at + 1
  }
  return start
}

/** Keeps the first branch of every condition (the second of `#if 0`), and no condition. */
function firstBranches(text: string): string {
  const kept: boolean[] = []
  let isContinued = false
  return text
    .split('\n')
    .map((line) => {
      const directive = isContinued
        ? undefined
        : /^\s*#\s*(ifdef|ifndef|if|elifdef|elifndef|elif|else|endif)\b(.*)/.exec(line)
      if (directive === undefined || directive === null) {
        isContinued = line.trimEnd().endsWith('\\')
        return kept.includes(false) ? blank(line) : line
      }
      const [, word = '', rest = ''] = directive
      if (word.startsWith('if')) kept.push(!/^\s*0\s*$/.test(rest))
      else if (word === 'endif') kept.pop()
      else if (kept.length > 0) kept.push(!kept.pop() && word === 'else')
      return blank(line)
    })
    .join('\n')
}

export function blank(text: string): string {
  return text.replace(/[^\s]/g, ' ')
}
