CREATE TABLE `ai_calls` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`run_id` text NOT NULL,
	`variant_id` text NOT NULL,
	`owner` text,
	`name` text NOT NULL,
	`branch` text NOT NULL,
	`provider` text NOT NULL,
	`model` text NOT NULL,
	`requested_by` text,
	`slug` text,
	`input_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	`reused_tokens` integer NOT NULL,
	`cost_usd` real,
	`is_estimate` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ai_calls_at` ON `ai_calls` (`at`);--> statement-breakpoint
CREATE INDEX `ai_calls_requested` ON `ai_calls` (`requested_by`,`at`);--> statement-breakpoint
CREATE INDEX `ai_calls_variant` ON `ai_calls` (`variant_id`);--> statement-breakpoint
CREATE INDEX `ai_calls_run` ON `ai_calls` (`run_id`);--> statement-breakpoint
ALTER TABLE `runs` ADD `reused_tokens` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `unpriced_calls` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `variants` ADD `unpriced_calls` integer DEFAULT 0 NOT NULL;