import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { StageTiming } from '#lib/domain/job.ts'
import { REPO_TYPES, ROLES } from '#lib/domain/kinds.ts'
import type { RunEvent } from '#lib/domain/run-events.ts'
import { RUN_STATES, RUN_TRIGGERS } from '#lib/domain/runs.ts'
import { CHECK_RESULTS } from '#lib/domain/schedules.ts'
import { CURRENT_STAGES, STATUSES } from '#lib/domain/stages.ts'
import type { Steering } from '#lib/domain/steering.ts'

/** Times are ISO 8601 UTC text with `Z`; they sort as text. Secrets appear only as HMAC-SHA-256 hex. */
export const users = sqliteTable(
  'users',
  {
    username: text('username').primaryKey(),
    role: text('role', { enum: ROLES }).notNull(),
    keyHash: text('key_hash').notNull().unique(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [uniqueIndex('users_name_any_case').on(sql`lower(${table.username})`)],
)

export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    username: text('username').notNull(),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
  },
  (table) => [index('sessions_username').on(table.username)],
)

/** What users show to hosts of private repositories. */
export const repositoryCredentials = sqliteTable(
  'repository_credentials',
  {
    username: text('username').notNull(),
    /** As `credentialHost` writes it. */
    host: text('host').notNull(),
    /** Name and token, sealed with a key that is not in the database. */
    sealed: text('sealed').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.username, table.host] })],
)

/** One-time sign-in links. */
export const signInTokens = sqliteTable('sign_in_tokens', {
  tokenHash: text('token_hash').primaryKey(),
  username: text('username').notNull(),
  expiresAt: text('expires_at').notNull(),
})

export const projects = sqliteTable(
  'projects',
  {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    name: text('name').notNull(),
    /** Canonical URL, or the real path of a local repository: the identity. */
    canonicalUrl: text('canonical_url').notNull(),
    kind: text('kind', { enum: ['url', 'local'] }).notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('projects_owner_name').on(table.owner, sql`lower(${table.name})`),
    uniqueIndex('projects_owner_url').on(table.owner, table.canonicalUrl),
  ],
)

export const variants = sqliteTable(
  'variants',
  {
    /** The `generation_id` of the wire: stable for the life of the variant. */
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    branch: text('branch').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    status: text('status', { enum: STATUSES }).notNull(),
    currentStage: text('current_stage', { enum: CURRENT_STAGES }),
    repoType: text('repo_type', { enum: REPO_TYPES }),
    planJson: text('plan_json'),
    totalPages: integer('total_pages'),
    pageCount: integer('page_count').notNull().default(0),
    errorMessage: text('error_message'),
    warnings: text('warnings', { mode: 'json' }).$type<string[]>().notNull().default([]),
    lastCommitSha: text('last_commit_sha'),
    lastGenerated: text('last_generated'),
    generationStartedAt: text('generation_started_at'),
    generationDurationMs: integer('generation_duration_ms'),
    /** Of all its runs; calls of unknown price are counted beside it. */
    totalCostUsd: real('total_cost_usd'),
    unpricedCalls: integer('unpriced_calls').notNull().default(0),
    /** The newest run; only writes that carry its id are accepted. */
    runId: text('run_id'),
    /** The run whose site is published. */
    siteRunId: text('site_run_id'),
    createdAt: text('created_at').notNull(),
    updatedAt: text('updated_at').notNull(),
  },
  (table) => [
    uniqueIndex('variants_identity').on(table.projectId, table.branch, table.provider, table.model),
    uniqueIndex('variants_one_generating')
      .on(table.projectId, table.branch, table.provider, table.model)
      .where(sql`status = 'generating'`),
    index('variants_status').on(table.status),
  ],
)

export const grants = sqliteTable(
  'grants',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    username: text('username').notNull(),
    createdAt: text('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.username] }), index('grants_username').on(table.username)],
)

export const runs = sqliteTable(
  'runs',
  {
    id: text('id').primaryKey(),
    variantId: text('variant_id')
      .notNull()
      .references(() => variants.id, { onDelete: 'cascade' }),
    trigger: text('trigger', { enum: RUN_TRIGGERS }).notNull(),
    requestedBy: text('requested_by').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    force: integer('force', { mode: 'boolean' }).notNull(),
    /** Given by a person; null when it is to be detected. */
    repoType: text('repo_type', { enum: REPO_TYPES }),
    state: text('state', { enum: RUN_STATES }).notNull(),
    upToDate: integer('up_to_date', { mode: 'boolean' }).notNull().default(false),
    fromCommit: text('from_commit'),
    toCommit: text('to_commit'),
    queuedAt: text('queued_at').notNull(),
    startedAt: text('started_at'),
    finishedAt: text('finished_at'),
    durationMs: integer('duration_ms'),
    stages: text('stages', { mode: 'json' }).$type<StageTiming[]>().notNull().default([]),
    pageCount: integer('page_count').notNull().default(0),
    totalPages: integer('total_pages'),
    inputTokens: integer('input_tokens').notNull().default(0),
    outputTokens: integer('output_tokens').notNull().default(0),
    reusedTokens: integer('reused_tokens').notNull().default(0),
    costUsd: real('cost_usd').notNull().default(0),
    /** Calls whose price is not known: they are not in `costUsd`. */
    unpricedCalls: integer('unpriced_calls').notNull().default(0),
    message: text('message'),
    warnings: text('warnings', { mode: 'json' }).$type<string[]>().notNull().default([]),
  },
  (table) => [
    index('runs_variant').on(table.variantId, table.queuedAt),
    index('runs_state').on(table.state),
    index('runs_requested').on(table.requestedBy, table.startedAt),
    uniqueIndex('runs_one_active').on(table.variantId).where(sql`state in ('waiting', 'running')`),
  ],
)

export const runEvents = sqliteTable(
  'run_events',
  {
    runId: text('run_id')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    seq: integer('seq').notNull(),
    at: text('at').notNull(),
    kind: text('kind').notNull(),
    data: text('data', { mode: 'json' }).$type<RunEvent>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq] })],
)

/** Every call of a model. Refers to nothing, because what was spent stays when its run, variant or account is gone. */
export const aiCalls = sqliteTable(
  'ai_calls',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    at: text('at').notNull(),
    runId: text('run_id').notNull(),
    variantId: text('variant_id').notNull(),
    /** Null for an account that is deleted: who takes its name later inherits nothing. */
    owner: text('owner'),
    name: text('name').notNull(),
    branch: text('branch').notNull(),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    /** Who asked for the run. Null for an account that is deleted. */
    requestedBy: text('requested_by'),
    /** Null for no single page. */
    slug: text('slug'),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    /** Of a kept reply, for which nothing was paid. */
    reusedTokens: integer('reused_tokens').notNull(),
    /** Null when the price is not known. */
    costUsd: real('cost_usd'),
    isEstimate: integer('is_estimate', { mode: 'boolean' }).notNull(),
    /** More than one where the calls of a month are one row. */
    calls: integer('calls').notNull().default(1),
  },
  ({ at, requestedBy, costUsd, inputTokens, outputTokens, reusedTokens, isEstimate, calls, variantId, runId }) => [
    // Every call that is to be made asks for the sums of a month: with all they need in the index it takes a tenth of the time.
    index('ai_calls_month').on(at, requestedBy, costUsd, inputTokens, outputTokens, reusedTokens, isEstimate, calls),
    index('ai_calls_requested').on(
      requestedBy,
      at,
      costUsd,
      inputTokens,
      outputTokens,
      reusedTokens,
      isEstimate,
      calls,
    ),
    index('ai_calls_variant').on(variantId),
    index('ai_calls_run').on(runId),
  ],
)

/** What runs knew about the outside of their repository, packed, to tell later what changed between two of them. */
export const runSummaries = sqliteTable('run_summaries', {
  runId: text('run_id')
    .primaryKey()
    .references(() => runs.id, { onDelete: 'cascade' }),
  packed: blob('packed', { mode: 'buffer' }).notNull(),
})

/** When a variant looks by itself whether its branch has moved. */
export const schedules = sqliteTable(
  'schedules',
  {
    variantId: text('variant_id')
      .primaryKey()
      .references(() => variants.id, { onDelete: 'cascade' }),
    cron: text('cron').notNull(),
    timeZone: text('time_zone').notNull(),
    nextAt: text('next_at').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: text('created_at').notNull(),
    lastCheckedAt: text('last_checked_at'),
    lastResult: text('last_result', { enum: CHECK_RESULTS }),
    lastMessage: text('last_message'),
  },
  (table) => [index('schedules_next').on(table.nextAt)],
)

/** Where a forge tells of pushes to a project. */
export const hooks = sqliteTable('hooks', {
  projectId: text('project_id')
    .primaryKey()
    .references(() => projects.id, { onDelete: 'cascade' }),
  tokenHash: text('token_hash').notNull().unique(),
  /** Key of the signatures, sealed with a key that is not in the database. */
  sealedSecret: text('sealed_secret').notNull(),
  needsSignature: integer('needs_signature', { mode: 'boolean' }).notNull(),
  createdBy: text('created_by').notNull(),
  createdAt: text('created_at').notNull(),
  lastReceivedAt: text('last_received_at'),
  lastMessage: text('last_message'),
})

/** What the dashboard asks of the documentation of a project. */
export const projectSteering = sqliteTable('project_steering', {
  projectId: text('project_id')
    .primaryKey()
    .references(() => projects.id, { onDelete: 'cascade' }),
  steering: text('steering', { mode: 'json' }).$type<Steering>().notNull(),
  updatedBy: text('updated_by').notNull(),
  updatedAt: text('updated_at').notNull(),
})

/** Variants that are to be generated once more when their run has ended, because something was pushed meanwhile. */
export const pendingRefreshes = sqliteTable('pending_refreshes', {
  variantId: text('variant_id')
    .primaryKey()
    .references(() => variants.id, { onDelete: 'cascade' }),
  trigger: text('trigger', { enum: RUN_TRIGGERS }).notNull(),
  requestedAt: text('requested_at').notNull(),
})

export const settings = sqliteTable('settings', { key: text('key').primaryKey(), value: text('value').notNull() })
