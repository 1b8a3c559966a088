DROP INDEX `ai_calls_at`;--> statement-breakpoint
DROP INDEX `ai_calls_requested`;--> statement-breakpoint
CREATE INDEX `ai_calls_month` ON `ai_calls` (`at`,`requested_by`,`cost_usd`,`input_tokens`,`output_tokens`,`reused_tokens`,`is_estimate`);--> statement-breakpoint
CREATE INDEX `ai_calls_requested` ON `ai_calls` (`requested_by`,`at`,`cost_usd`,`input_tokens`,`output_tokens`,`reused_tokens`,`is_estimate`);