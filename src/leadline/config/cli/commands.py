"""Every command by its name, and where its function, or its group of functions, is."""

COMMANDS = {
    "serve": "leadline.config.cli.serve:serve",
    "worker": "leadline.config.cli.worker:worker",
    "migrate": "leadline.config.cli.migrate:migrate",
    "upgrade": "leadline.config.cli.upgrade:upgrade",
    "demo": "leadline.config.cli.demo:demo",
    "bench": "leadline.config.cli.bench:bench",
    "check": "leadline.config.cli.check:check",
    "backup": "leadline.config.cli.backup:backup",
    "restore": "leadline.config.cli.restore:restore",
    "user": "leadline.config.cli.user:app",
    "token": "leadline.config.cli.token:app",
    "import": "leadline.config.cli.importing:import_file",
    "export": "leadline.config.cli.exporting:export",
    "simulate": "leadline.config.cli.simulate:app",
    "events": "leadline.config.cli.events:app",
    "mail": "leadline.config.cli.mail:app",
    "audit": "leadline.config.cli.audit:app",
    "keys": "leadline.config.cli.keys:app",
    "docs": "leadline.config.cli.docs:app",
}

# These start the other processes and stay small: they do without the framework.
WITHOUT_FRAMEWORK = {"serve", "worker"}
