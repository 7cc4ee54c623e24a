"""监督的往事: what supervisors found, asked, decided and let go in two years, through the ordinary commands."""
