-- With the project in front of it the planner could take it for a way to panes by their keys.
DROP INDEX pane_position;
CREATE INDEX pane_position ON pane (slot, position);
