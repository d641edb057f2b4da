use super::*;

#[test]
fn lists_every_problem_at_once() {
    let environment = Environment::from_pairs([
        ("MARKET_ADDR", "nonsense"),
        ("MARKET_PUBLIC_URL", "ftp://x"),
        ("MARKET_DATABASE_CONNECTIONS", "0"),
    ]);
    let message = Config::load(&environment).map(|_| ()).unwrap_err();
    for part in ["MARKET_ADDR", "public url", "database connections"] {
        assert!(message.contains(part), "{part} in {message}");
    }
}

#[test]
fn a_mistyped_setting_never_means_the_default() {
    let load = |name: &str| Config::load(&Environment::from_pairs([(name, "x")])).map(|_| ());
    for wrong in ["MARKET_SMPT_URL", "MARKET_LOGG", "MARKET_VARS_FILE", "MARKET_PUBLIC_URI"] {
        assert!(load(wrong).is_err_and(|message| message.contains(wrong)), "{wrong}");
    }
    // of the project's scripts, and what Kubernetes tells of a service of this name
    for other in ["MARKET_TOOLS", "MARKET_STEPS", "MARKET_PORT_3000_TCP_ADDR", "MARKET_SERVICE_HOST"] {
        assert!(load(other).is_ok(), "{other}");
    }
}

#[test]
fn a_remote_engine_is_checked_and_its_key_never_shown() {
    let load = |url: &str, index: &str| {
        Config::load(&Environment::from_pairs([
            ("MEILI_URL", url),
            ("MEILI_KEY", "hunter2"),
            ("MEILI_INDEX", index),
        ]))
    };
    let config = load("http://127.0.0.1:7700", "listings").unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
    assert_eq!(config.meilisearch.unwrap().index, "listings");
    let message = load("127.0.0.1", "listings").map(|_| ()).unwrap_err();
    assert!(message.contains("MEILI_URL") && !message.contains("hunter2"), "{message}");
    assert!(load("http://h", "목록").map(|_| ()).unwrap_err().contains("MEILI_INDEX"));
    let lost = Environment::from_pairs([("MEILI_URL", "http://h"), ("MEILI_KEY_FILE", "/nowhere/key")]);
    assert!(Config::load(&lost).map(|_| ()).unwrap_err().contains("MEILI_KEY_FILE"));
}

#[test]
fn a_file_that_cannot_be_read_never_means_the_default() {
    let folder = std::env::temp_dir().join(format!("market-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (empty, binary, good) = (folder.join("empty"), folder.join("binary"), folder.join("good"));
    std::fs::write(&empty, "\n").unwrap();
    std::fs::write(&binary, [0xff, 0xfe, 0x00]).unwrap();
    std::fs::write(&good, "postgres://u:hunter2@h/db\n").unwrap();
    let names = [
        "DATABASE_URL",
        "MARKET_ADDR",
        "MARKET_METRICS_ADDR",
        "MARKET_DATABASE_CONNECTIONS",
        "MARKET_MAX_CONNECTIONS",
        "MARKET_LOG",
        "MARKET_LOG_JSON",
        "MARKET_SITE_ROOT",
        "MARKET_VAR",
        "MARKET_PUBLIC_URL",
        "MARKET_SMTP_URL",
        "MARKET_MAIL_FROM",
        "MARKET_MAIL_REPLY_TO",
        "MARKET_TRUSTED_PROXIES",
        "MARKET_CONFIG",
        "MARKET_LEPTOS_TOML",
        "CLAMD_ADDR",
        "MEILI_URL",
        "MEILI_KEY",
        "MEILI_INDEX",
    ];
    for name in names {
        for path in [&folder.join("missing"), &empty, &binary, &folder] {
            let file = format!("{name}_FILE");
            let environment = Environment::from_pairs([(&*file, path.to_str().unwrap())]);
            let message = Config::load(&environment).map(|_| ()).unwrap_err();
            assert!(message.contains(&file), "{file} {}: {message}", path.display());
        }
    }
    let environment = Environment::from_pairs([("DATABASE_URL_FILE", good.to_str().unwrap())]);
    let config = Config::load(&environment).unwrap();
    assert_eq!(config.database_url.expose_secret(), "postgres://u:hunter2@h/db");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn values_that_cannot_work_are_told_at_start() {
    let wrong = [
        ("DATABASE_URL", "mysql://u:hunter2@h/db"),
        ("DATABASE_URL", "var/market.db"),
        ("DATABASE_URL", "postgres://u:hunter2@h:port/db"),
        ("DATABASE_URL", ""),
        ("MARKET_LOG", "nonsense==["),
        ("MARKET_LOG", "info,sqlx=loud"),
        ("MARKET_SMTP_URL", "http://u:hunter2@h"),
        ("MARKET_SMTP_URL", "hunter2"),
        ("MARKET_METRICS_ADDR", "9090"),
        ("MARKET_MAX_CONNECTIONS", "-1"),
        ("MARKET_LOG_JSON", "perhaps"),
        ("MARKET_REMEMBER", "true"),
        ("MARKET_TRUSTED_PROXIES", "10.0.0.1, somewhere"),
    ];
    for (name, value) in wrong {
        let message = Config::load(&Environment::from_pairs([(name, value)])).map(|_| ()).unwrap_err();
        assert!(message.contains(name) && !message.contains("hunter2"), "{name}={value}: {message}");
    }
    let sender = Environment::from_pairs([("MARKET_SMTP_URL", "smtp://h"), ("MARKET_MAIL_FROM", "nobody")]);
    assert!(Config::load(&sender).map(|_| ()).unwrap_err().contains("MARKET_MAIL_FROM"));
    let reader =
        Environment::from_pairs([("MARKET_SMTP_URL", "smtp://h"), ("MARKET_MAIL_REPLY_TO", "nobody")]);
    assert!(Config::load(&reader).map(|_| ()).unwrap_err().contains("MARKET_MAIL_REPLY_TO"));
    for right in ["sqlite://var/market.db", "postgres://u:p@h/db", "postgresql:///db?host=/run/postgresql"] {
        Config::load(&Environment::from_pairs([("DATABASE_URL", right)])).unwrap();
    }
    let all =
        Environment::from_pairs([("DATABASE_URL", "x"), ("MARKET_LOG", "=="), ("MARKET_SMTP_URL", "x")]);
    let message = Config::load(&all).map(|_| ()).unwrap_err();
    assert!(["DATABASE_URL", "MARKET_LOG", "MARKET_SMTP_URL"].iter().all(|name| message.contains(name)));
}

#[test]
#[cfg(unix)]
fn a_value_that_is_no_text_is_a_problem_only_where_it_is_asked_for() {
    use std::os::unix::ffi::OsStringExt as _;
    let broken = || std::ffi::OsString::from_vec(vec![0xff, b'x']);
    let mut environment = Environment::from_pairs([]);
    environment.set("SOMEBODY_ELSES", broken());
    Config::load(&environment).unwrap();
    environment.set("MARKET_LOG", broken());
    assert!(Config::load(&environment).map(|_| ()).unwrap_err().contains("MARKET_LOG: not UTF-8"));
}

#[test]
fn the_environment_wins_and_secrets_stay_secret() {
    let environment = Environment::from_pairs([
        ("DATABASE_URL", "postgres://u:hunter2@h/db"),
        ("MARKET_ADDR", "0.0.0.0:81"),
    ]);
    let config = Config::load(&environment).unwrap();
    assert_eq!(config.addr.port(), 81);
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn shared_keys_of_both_leptos_tables_are_equal() {
    let read = |text: &str| -> toml::Table {
        let root: toml::Table = text.parse().unwrap();
        root["workspace"]["metadata"]["leptos"][0].as_table().unwrap().clone()
    };
    let cargo = read(include_str!("../../../Cargo.toml"));
    let leptos = read(include_str!("../../../Leptos.toml"));
    for (key, value) in &leptos {
        if let Some(other) = cargo.get(key) {
            assert_eq!(value, other, "{key}");
        }
    }
}

/// What is said of a `market.toml`, with more in the environment.
fn said_of(name: &str, text: &str, more: &[(&str, &str)]) -> (Config, Vec<String>) {
    let file = std::env::temp_dir().join(format!("market-config-{}-{name}.toml", std::process::id()));
    std::fs::write(&file, text).unwrap();
    let mut environment = Environment::from_pairs([("MARKET_CONFIG", file.to_str().unwrap())]);
    for (name, value) in more {
        environment.set(name, value);
    }
    let said = Config::read(&environment);
    std::fs::remove_file(&file).unwrap();
    said
}

#[test]
fn the_address_of_the_site_follows_the_port_only_where_nobody_named_it() {
    let named = "[business]\npublic_url = \"https://market.example.kr\"\n";
    let moved = [("MARKET_ADDR", "0.0.0.0:81")];
    let url = |name, text, more: &[(&str, &str)]| {
        let (config, problems) = said_of(name, text, more);
        assert_eq!(problems, [""; 0]);
        config.settings.public_url
    };
    assert_eq!(url("named", named, &moved), "https://market.example.kr");
    assert_eq!(url("free", "", &moved), "http://0.0.0.0:81");
    assert_eq!(url("own", "addr = \"127.0.0.1:82\"\n", &[]), "http://127.0.0.1:82");
    let all = [moved[0], ("MARKET_PUBLIC_URL", "https://other.example.kr")];
    assert_eq!(url("over", named, &all), "https://other.example.kr");
}

#[test]
fn a_file_tells_all_of_its_mistakes_at_once() {
    let text = "adr = \"x\"\naddr = \"nowhere\"\nlog_json = 3\nmax_connections = 77\n\
        [business]\nmessage_max = \"long\"\nmesage_max = 4\nsign_ins_per_quarter = 0\nhome_slots = 5\n\
        [search]\nbrevity = true\nfreshness = 0.2\n";
    let (config, problems) = said_of("mistakes", text, &[]);
    let parts = [
        "adr:",
        "addr:",
        "log_json:",
        "business.message_max:",
        "business.mesage_max:",
        "search.brevity:",
        "sign_ins_per_quarter 0",
    ];
    for part in parts {
        let told = problems.iter().filter(|problem| problem.split(' ').any(|word| part.starts_with(word)));
        assert!(
            told.count() >= 1 && problems.iter().any(|problem| problem.contains(part)),
            "{part}: {problems:#?}"
        );
    }
    assert_eq!(problems.len(), parts.len(), "{problems:#?}");
    // what is right is taken all the same, so that `doctor` can go on
    assert_eq!((config.max_connections, config.settings.home_slots), (77, 5));
    assert!((config.search.freshness - 0.2).abs() < f32::EPSILON);
    let (_, problems) = said_of("sections", "business = 3\n[search\n", &[]);
    assert_eq!(problems.len(), 1, "{problems:?}");
    let (_, problems) = said_of("section", "business = 3\n", &[]);
    assert!(problems.iter().any(|problem| problem.contains("business:")), "{problems:?}");
}

#[test]
fn the_store_takes_what_settings_allow() {
    let store = crate::adapters::media::MediaLimits::default().picture.max_bytes;
    assert_eq!(i128::from(store), market::settings::LARGEST_IMAGE);
}
