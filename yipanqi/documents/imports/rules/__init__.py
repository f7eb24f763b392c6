"""Reading of project ledgers (招商项目台账) as offices really keep them: nothing is guessed, nothing is lost."""
