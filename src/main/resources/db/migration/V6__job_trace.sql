-- Where a job's trace begins: the traceparent of the request that launched it, null when that was not traced.

ALTER TABLE job ADD COLUMN trace_parent text COLLATE "C";
