"""The examples of a deployment can be read, and name nothing that does not exist."""

import configparser
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import meters
from bot.config import PARTS, Settings
from bot.wiring import health, web

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "docs" / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
OURS = ("bots", "work")
# Read by the compose file itself.
ITS_OWN = {"DOMAIN", "POSTGRES_PASSWORD"}


def units() -> Iterator[tuple[str, configparser.ConfigParser]]:
    for path in sorted((DEPLOY / "systemd").glob("*.service")):
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read(path, "utf-8")
        yield path.name, unit


def given(path: Path) -> dict[str, str]:
    lines = (line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#")
    return dict(line.split("=", 1) for line in lines)


def settings_of(given: dict[str, str]) -> Settings:
    """What is given there, read as the product reads it."""
    known = {name.upper() for name in Settings.model_fields}
    assert given.keys() <= known, given.keys() - known
    tokens = {f"{bot}_bot_token": "1:a" for bot in ("customer", "provider", "admin")}
    secret = {"webhook_secret": "secret", "staff_chat_id": -1001000000001}
    values = {name.lower(): value.replace("${DOMAIN:?}", "city.example")
              .replace("${POSTGRES_PASSWORD:?}", "p") for name, value in given.items()}  # fmt: skip
    return Settings(_env_file=None, **tokens | secret | values)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", OURS)
def test_each_process_of_the_compose_file_can_read_its_settings(name: str) -> None:
    read = settings_of(COMPOSE["services"][name]["environment"])
    assert read.updates == "webhook"
    assert read.public_url == "https://city.example"
    assert "/readyz" in COMPOSE["services"][name]["healthcheck"]["test"][-1]


def test_together_the_processes_do_every_part() -> None:
    compose = [COMPOSE["services"][name]["environment"] for name in OURS]
    systemd = [given(path) for path in sorted((DEPLOY / "systemd").glob("*.env"))]
    for each in (compose, systemd):
        parts = [part for one in each for part in settings_of(one).parts]
        assert sorted(parts) == sorted(PARTS)
    assert len({one["HTTP_PORT"] for one in systemd}) == len(systemd)


def test_what_the_compose_file_names_is_there() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) == ITS_OWN
    services = COMPOSE["services"]
    for service in services.values():
        assert set(service.get("depends_on", ())) <= services.keys()
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (DEPLOY / source).exists()
    build = services["bots"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).exists()
    host, port = services["web"]["environment"]["BOTS"].split(":")
    assert services[host]["environment"]["HTTP_PORT"] == port


def test_the_image_holds_what_the_product_needs() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    copied = {word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]}
    assert {"core", "db", "bot", "locales"} <= copied
    assert all((ROOT / name).exists() for name in copied)
    ignore = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split()
    assert ignore[0] == "*"
    assert copied <= {name.removeprefix("!") for name in ignore}
    [env] = [line for line in lines if line.startswith("ENV")]
    names = {pair.split("=")[0] for pair in env.split()[1:]} - {"PYTHONUNBUFFERED"}
    assert names <= {name.upper() for name in Settings.model_fields}


def test_the_units_of_systemd_name_settings_that_exist() -> None:
    found = dict(units())
    assert found.keys() == {"doorstep.service", "doorstep@.service"}
    for unit in found.values():
        service = unit["Service"]
        name, _, value = service["Environment"].partition("=")
        settings_of({name: value})
        assert value == f"/var/lib/{service['StateDirectory']}"
        assert service["ExecStart"].endswith("/.venv/bin/python -m bot")
        assert service["ExecStart"].startswith(service["WorkingDirectory"])


def test_the_web_server_lets_through_what_is_called_and_nothing_else() -> None:
    text = (DEPLOY / "Caddyfile").read_text("utf-8")
    assert text.count("{") == text.count("}")
    [paths] = re.findall(r"@called path (.+)", text)
    assert paths.split() == ["/telegram/*", "/pay/*", "/healthz"]
    [probe] = re.findall(r"health_uri (\S+)", text)
    served = Path(health.__file__).read_text("utf-8") + Path(web.__file__).read_text("utf-8")
    assert f'"{probe}"' in served
    assert '"/healthz"' in served


def test_prometheus_asks_where_the_numbers_are_and_wakes_for_those_that_exist() -> None:
    asked = yaml.safe_load((DEPLOY / "prometheus.yaml").read_text("utf-8"))
    [job] = asked["scrape_configs"]
    assert job["metrics_path"] == "/metrics"
    ports = {given(path)["HTTP_PORT"] for path in (DEPLOY / "systemd").glob("*.env")}
    targets = job["static_configs"][0]["targets"]
    assert {target.rpartition(":")[2] for target in targets} == ports
    assert all((DEPLOY / name).exists() for name in asked["rule_files"])
    names = {n for each in meters.REGISTRY._collector_to_names.values() for n in each}
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text("utf-8"))["groups"][0]["rules"]
    for rule in rules:
        assert set(re.findall(r"\bdoorstep_\w+", rule["expr"])) <= names, rule["alert"]
        assert rule["annotations"]["summary"]
