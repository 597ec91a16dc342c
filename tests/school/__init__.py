"""The sample school: a seeded script that writes `portfolios/` and schools of any size."""
