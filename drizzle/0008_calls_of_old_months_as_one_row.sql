DROP INDEX `ai_calls_month`;--> statement-breakpoint
DROP INDEX `ai_calls_requested`;--> statement-breakpoint
ALTER TABLE `ai_calls` ADD `calls` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `ai_calls_month` ON `ai_calls` (`at`,`requested_by`,`cost_usd`,`input_tokens`,`output_tokens`,`reused_tokens`,`is_estimate`,`calls`);--> statement-breakpoint
CREATE INDEX `ai_calls_requested` ON `ai_calls` (`requested_by`,`at`,`cost_usd`,`input_tokens`,`output_tokens`,`reused_tokens`,`is_estimate`,`calls`);