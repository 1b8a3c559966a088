CREATE TABLE `grants` (
	`project_id` text NOT NULL,
	`username` text NOT NULL,
	`created_at` text NOT NULL,
	PRIMARY KEY(`project_id`, `username`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `grants_username` ON `grants` (`username`);--> statement-breakpoint
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`name` text NOT NULL,
	`canonical_url` text NOT NULL,
	`kind` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `projects_owner_name` ON `projects` (`owner`,lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX `projects_owner_url` ON `projects` (`owner`,`canonical_url`);--> statement-breakpoint
CREATE TABLE `run_events` (
	`run_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` text NOT NULL,
	`kind` text NOT NULL,
	`data` text NOT NULL,
	PRIMARY KEY(`run_id`, `seq`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`variant_id` text NOT NULL,
	`trigger` text NOT NULL,
	`requested_by` text NOT NULL,
	`provider` text NOT NULL,
	`model` text NOT NULL,
	`force` integer NOT NULL,
	`repo_type` text,
	`state` text NOT NULL,
	`up_to_date` integer DEFAULT false NOT NULL,
	`from_commit` text,
	`to_commit` text,
	`queued_at` text NOT NULL,
	`started_at` text,
	`finished_at` text,
	`duration_ms` integer,
	`stages` text DEFAULT '[]' NOT NULL,
	`page_count` integer DEFAULT 0 NOT NULL,
	`total_pages` integer,
	`input_tokens` integer DEFAULT 0 NOT NULL,
	`output_tokens` integer DEFAULT 0 NOT NULL,
	`cost_usd` real DEFAULT 0 NOT NULL,
	`message` text,
	`warnings` text DEFAULT '[]' NOT NULL,
	FOREIGN KEY (`variant_id`) REFERENCES `variants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `runs_variant` ON `runs` (`variant_id`,`queued_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `runs_one_active` ON `runs` (`variant_id`) WHERE state in ('waiting', 'running');--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sessions_username` ON `sessions` (`username`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sign_in_tokens` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`expires_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `users` (
	`username` text PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`key_hash` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_key_hash_unique` ON `users` (`key_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_name_any_case` ON `users` (lower("username"));--> statement-breakpoint
CREATE TABLE `variants` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`branch` text NOT NULL,
	`provider` text NOT NULL,
	`model` text NOT NULL,
	`status` text NOT NULL,
	`current_stage` text,
	`repo_type` text,
	`plan_json` text,
	`total_pages` integer,
	`page_count` integer DEFAULT 0 NOT NULL,
	`error_message` text,
	`warnings` text DEFAULT '[]' NOT NULL,
	`last_commit_sha` text,
	`last_generated` text,
	`generation_started_at` text,
	`generation_duration_ms` integer,
	`total_cost_usd` real,
	`run_id` text,
	`site_run_id` text,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `variants_identity` ON `variants` (`project_id`,`branch`,`provider`,`model`);--> statement-breakpoint
CREATE UNIQUE INDEX `variants_one_generating` ON `variants` (`project_id`,`branch`,`provider`,`model`) WHERE status = 'generating';--> statement-breakpoint
CREATE INDEX `variants_status` ON `variants` (`status`);