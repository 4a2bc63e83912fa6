//! Files of steps and expectations, and how they are run.
