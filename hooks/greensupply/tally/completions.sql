-- completions (H2): first passes of a learner, module and revision.
SELECT count(*) FROM first;
