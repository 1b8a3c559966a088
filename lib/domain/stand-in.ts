import { isBudgetRefusal } from '#lib/domain/budget-refusal.ts'

const NO_ANSWER = 'no answer could be used'
const MOST_CHARS = 240

/** Why a built-in page stands in when the call of a model gave nothing; a refusal of a budget stays what it is. */
export function withoutAnswer(problem: string): string {
  return isBudgetRefusal(problem) ? problem : `${NO_ANSWER}: ${problem}`
}

/** Why a page stands in, as readers of a site may know it: neither budgets nor words of a provider are for them. */
export function reasonForReaders(standIn: string): string {
  if (isBudgetRefusal(standIn)) return 'a budget was reached'
  if (standIn.startsWith(NO_ANSWER)) return NO_ANSWER
  return standIn.length > MOST_CHARS ? `${standIn.slice(0, MOST_CHARS)}…` : standIn
}
