-- completions (H2): first passes of a learner, module and revision; and the records counted, passed or not.
SELECT (SELECT count(*) FROM record), (SELECT count(*) FROM first);
