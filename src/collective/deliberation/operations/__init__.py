"""What those who run the sites watch: health, figures, logs, and notices of what needs a person."""
