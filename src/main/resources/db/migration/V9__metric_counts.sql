-- How many values each metric of a job had, and how many of them are kept: {"loss": {"found": 3, "kept": 3}}.
ALTER TABLE job ADD COLUMN series json NOT NULL DEFAULT '{}';

UPDATE job SET series = counted.series
FROM (
  SELECT job, json_object_agg(name, json_build_object('found', points, 'kept', points)) AS series
  FROM (SELECT job, name, count(*) AS points FROM job_metric GROUP BY job, name) metric
  GROUP BY job) counted
WHERE job.id = counted.job;
