import type { Grammar } from '#lib/facts/languages.ts'
import { withoutHidingMacros } from './c-hiding-macros.ts'

const PREPARATIONS: Partial<Record<Grammar, (text: string) => string>> = {
  cpp: withoutHidingMacros,
  kotlin: kotlinText,
  swift: swiftText,
}

/** Text as a grammar can read it: what it does not know of its language is blanked, so that nothing moves. */
export function preparedText(grammar: Grammar, text: string): string {
  return PREPARATIONS[grammar]?.(text) ?? text
}

const FUN_INTERFACE = /\bfun(?=\s+interface\s+[A-Z`])/g
/** `class A(b: B) : C by b {`: the grammar takes the body for an argument of `b`. */
const CLASS_DELEGATE = /(?<!\bva[lr]\s+[\w.<>]+\s*)([:,]\s*[A-Z][\w.<>?, ]*?)(\s+by\s+[\w.]+(?:\(\))?)(?=\s*\{)/g

const MODIFIERS = String.raw`(?:(?:@\w+|private|protected|internal|public|actual|expect)\s+)*`
const COMMENTS = String.raw`(?:\/\/[^\n]*\n\s*|\/\*(?:[^*]|\*(?!\/))*\*\/\s*)*`
/** A constructor on a line below its class, perhaps below a comment, or one with `actual` in front of it. */
const LOW_CONSTRUCTOR = new RegExp(
  String.raw`^([^\n/*]*\bclass\s+\w+(?:<[^\n]*>)?[ \t]*(?:\n\s*${COMMENTS})?)(${MODIFIERS}constructor)(?=\s*\()`,
  'gm',
)

/** `constructor(public actual val hour: Int)`: unknown in front of a parameter. */
const ACTUAL_PARAMETER =
  /\bactual(?=\s+va[lr]\s+\w+\s*:\s*\w[\w.<>?]*(?:\s*\)|,[ \t]*(?:$|(?:public|protected|internal|private|actual|override|va[lr])\b)))/gm

function kotlinText(text: string): string {
  return text
    .replace(ACTUAL_PARAMETER, blank)
    .replace(FUN_INTERFACE, '   ')
    .replace(LOW_CONSTRUCTOR, (_, head: string, tail: string) => head + blank(tail))
    .replace(CLASS_DELEGATE, (_, before: string, delegate: string) => before + blank(delegate))
}

/** Conditions cut through declarations; without them both branches are there, which is what the file declares. */
function swiftText(text: string): string {
  return text.replace(/^[^\S\n]*#(?:if|elseif|else|endif)\b[^\n]*/gm, blank)
}

function blank(text: string): string {
  return text.replace(/\S/g, ' ')
}
