import CanonicalJSON
import PlanModel
import PlanText

// The plan in a sealed graph. Every member is written, absent ones as null, in the order of the model, but
// for the ports of servers, what settings are put back to and the calendar; `PlanReader` reads the same names. Durations are
// milliseconds, shares millionths.

extension JSONWriter {
  mutating func plan(_ plan: RotationPlan) {
    object { json in
      json.member("name", plan.name.value)
      json.member("description", orNull: plan.description)
      json.list("labels", plan.labels) { json, label in
        json.object { json in
          json.member("key", label.key.value)
          json.member("value", label.value.value)
        }
      }
      json.list("certificates", plan.certificates) { $0.certificate($1) }
      json.list("sites", plan.sites) { $0.site($1) }
      json.list("partnerships", plan.partnerships) { $0.partnership($1) }
      json.key("strategy")
      json.strategy(plan.strategy)
      json.key("waits")
      json.object { json in
        for kind in WaitKind.allCases {
          json.key(kind.rawValue)
          json.waitPolicy(plan.waits[kind])
        }
      }
      json.list("automation", plan.automation) { $0.automationRule($1) }
      // As in the graphs of plans that could not have one, where they do not.
      if let calendar = plan.calendar { json.calendar(calendar) }
    }
  }

  private mutating func certificate(_ certificate: CertificateSource) {
    object { json in
      json.member("name", certificate.name.value)
      switch certificate.container {
      case .pkcs12(let path): json.member("pkcs12", path.value)
      case .jks(let path): json.member("jks", path.value)
      case .pem(let certificate, let key):
        json.files("pem", certificate.value, key.value)
      case .der(let certificate, let key):
        json.files("der", certificate.value, key.value)
      }
      json.key("password")
      json.secret(certificate.password?.value)
      json.member("fingerprint", orNull: certificate.fingerprint?.value.description)
    }
  }

  private mutating func files(_ name: String, _ certificate: String, _ key: String) {
    self.key(name)
    object { json in
      json.member("certificate", certificate)
      json.member("key", key)
    }
  }

  private mutating func secret(_ secret: SecretReference?) {
    guard let secret else { return null() }
    object { json in
      switch secret {
      case .environment(let name): json.member("env", name)
      case .file(let path): json.member("file", path)
      case .command(let arguments): json.list("command", arguments) { $0.string($1) }
      }
    }
  }

  private mutating func site(_ site: Site) {
    object { json in
      json.member("name", site.name.value)
      json.member("clients", orNull: site.clients?.value)
      json.member("database", orNull: site.database?.value.rawValue)
      json.key("api")
      json.api(site.api)
      json.list("servers", site.servers) { $0.server($1) }
      json.member("method", orNull: site.method?.value.rawValue)
      json.list("automation", site.automation) { $0.automationRule($1) }
      // As in the graphs of plans that could not say it, where they do not.
      guard site.recorded != RecordedSettings() else { return }
      json.key("recorded")
      json.object { json in
        json.member("verification", orNull: site.recorded.verification?.value.rawValue)
        json.member("serverLists", orNull: site.recorded.serverLists?.value.rawValue)
      }
    }
  }

  private mutating func api(_ api: SiteAPI?) {
    guard let api else { return null() }
    object { json in
      json.member("url", api.url.value)
      json.member("username", api.username.value)
      json.key("password")
      json.secret(api.password.value)
      json.member("domain", orNull: api.domain?.value)
      json.key("trust")
      json.object { json in
        switch api.trust.value {
        case .fingerprint(let fingerprint): json.member("fingerprint", fingerprint.description)
        case .certificateAuthority(let path): json.member("ca", path)
        case .system: json.member("system", true)
        }
      }
    }
  }

  private mutating func server(_ server: Server) {
    object { json in
      json.member("name", server.name.value)
      json.member("address", server.address.value)
      json.member("certificate", orNull: server.certificate?.value)
      json.member("version", orNull: server.version?.value.description)
      json.member("upgrade", orNull: server.upgrade?.value.description)
      // Not with the usual ports, as in the graphs of plans that could not name any.
      guard server.ports != .standard else { return }
      json.key("ports")
      json.object { json in
        for (name, port) in server.ports.named { json.member(name, port.value) }
      }
    }
  }

  private mutating func partnership(_ partnership: Partnership) {
    object { json in
      json.list("sites", partnership.sites) { $0.string($1.value) }
      json.member("break", partnership.breaking.value.rawValue)
      json.member("authority", orNull: partnership.authority?.value)
    }
  }

  private mutating func strategy(_ strategy: Strategy) {
    object { json in
      json.member("method", strategy.method.value.rawValue)
      json.key("waves")
      if let waves = strategy.waves {
        json.array { json in
          for wave in waves {
            json.array { json in
              for site in wave { json.string(site.value) }
            }
          }
        }
      } else {
        json.null()
      }
      json.member("serversAtOnce", strategy.serversAtOnce.value)
    }
  }

  private mutating func calendar(_ calendar: PlanCalendar) {
    key("calendar")
    object { json in
      let zone = calendar.timeZone.value
      json.member("timeZone", zone.name)
      json.member("offsetMinutes", zone.minutes)
      json.list("offsetChanges", zone.changes) { json, change in
        json.object { json in
          json.member("second", change.second)
          json.member("offsetMinutes", change.minutes)
        }
      }
      json.list("absences", calendar.absences) { json, absence in
        json.object { json in
          json.member("from", absence.from.value.description)
          json.member("to", absence.to.value.description)
          json.member("shareMillionths", absence.share.value.millionths)
        }
      }
    }
  }

  private mutating func waitPolicy(_ policy: WaitPolicy) {
    object { json in
      json.member("adoptedMillionths", policy.adopted.value.millionths)
      json.member("minimumMilliseconds", policy.minimum.value.milliseconds)
      json.member("deadlineMilliseconds", policy.deadline.value.milliseconds)
      json.member("onDeadline", policy.onDeadline.value.rawValue)
      json.member("floorMillionths", orNull: policy.floor?.value.millionths)
      json.member("everyMilliseconds", policy.every.value.milliseconds)
      json.member("holdForMilliseconds", policy.holdFor.value.milliseconds)
      json.member("activeWithinMilliseconds", policy.activeWithin.value.milliseconds)
      json.list("cohorts", policy.cohorts) { json, cohort in
        json.object { json in
          json.member("name", cohort.name.value)
          json.selector(cohort.selector)
          json.member("adoptedMillionths", cohort.adopted.value.millionths)
        }
      }
      json.list("exclusions", policy.exclusions) { json, exclusion in
        json.object { json in
          json.selector(exclusion.selector)
          json.member("reason", exclusion.reason.value)
        }
      }
      json.member("overrideReason", orNull: policy.overrideReason?.value)
    }
  }

  private mutating func selector(_ selector: ClientSelector) {
    member("group", orNull: selector.group?.value)
    member("osFunction", orNull: selector.osFunction?.value.rawValue)
  }

  private mutating func automationRule(_ rule: AutomationRule) {
    object { json in
      json.member("action", rule.action.value.rawValue)
      switch rule.channel.value {
      case .api: json.member("channel", Channel.api.rawValue)
      case .operator: json.member("channel", Channel.operator.rawValue)
      case .command(let template):
        json.member("channel", Channel.command.rawValue)
        json.list("arguments", template.arguments) { $0.string($1.value) }
        json.key("check")
        if let check = template.check {
          json.array { json in
            for argument in check { json.string(argument.value) }
          }
        } else {
          json.null()
        }
        json.member("timeoutMilliseconds", template.timeout.value.milliseconds)
      case .probe(let viewpoints):
        json.member("channel", Channel.probe.rawValue)
        json.list("viewpoints", viewpoints) { json, viewpoint in
          json.object { json in
            json.member("name", viewpoint.name.value)
            json.list("arguments", viewpoint.arguments) { $0.string($1.value) }
            json.member("timeoutMilliseconds", viewpoint.timeout.value.milliseconds)
          }
        }
      }
    }
  }

  private mutating func list<Element>(
    _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    key(name)
    array { json in
      for element in elements { write(&json, element) }
    }
  }
}
