const RESERVED = new Set(
  `if else for while do switch case break continue return function const let var new this self null nil None true false True False
  import export extends implements interface enum public private protected static void int char float double long short unsigned
  signed bool boolean string async await yield throw throws try catch finally def class struct trait impl fn pub mut ref in is as not
  and or elif except raise with lambda pass global nonlocal del func package defer chan namespace template typename using operator
  sizeof typedef union extern inline virtual override final abstract readonly declare begin then unless until elsif rescue ensure
  super undefined typeof instanceof delete foreach endif endforeach goto volatile register auto esac fi done crate dyn unsafe str i8
  i16 i32 i64 u8 u16 u32 u64 usize isize f32 f64 int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 size_t`.split(
    /\s+/,
  ),
)
const CONTEXTUAL =
  /^(?:get|set|type|from|of|data|object|match|where|go|range|record|module|when|val|fun|move|loop|end|any|map|select)$/
const DECLARING = /^(?:const|let|var|val|function|mut|def|fn|fun|func|auto|for|local)$/

/** Words that languages keep for themselves. */
export function isReservedWord(word: string): boolean {
  return RESERVED.has(word)
}

/** Words that languages keep for themselves where another word follows: `get name()` is none, `get(name)` is. */
export function isContextual(word: string): boolean {
  return word.length < 7 && CONTEXTUAL.test(word)
}

/** Words in front of a name that is declared here. */
export function isDeclaring(word: string): boolean {
  return DECLARING.test(word)
}
