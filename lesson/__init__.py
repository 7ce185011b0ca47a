"""What the learner sees and touches: text, controls, state, views, and the page itself (lesson.ui)."""
