import PlanCompiler
import PlanModel
import PlanText
import RotationGraph

extension PlantedMistake {
  static let all = reading + channels + parts + methods

  /// What the lowering reads of a plan.
  private static let reading: [PlantedMistake] = [
    PlantedMistake(
      \.waves, "the waves are reversed", in: waves, breaks: "G010", at: "confirm-settings/paris"
    ) { right in { right($0).reversed() } },
    PlantedMistake(
      \.waves, "two waves are one", in: waves, breaks: "G010", at: "confirm-settings/paris"
    ) { right in { [right($0).dropLast().flatMap { $0 }.sorted(), right($0).last ?? []] } },
    PlantedMistake(
      \.waves, "the last site of a wave goes to the next", in: waves, breaks: "G010", at: "oslo"
    ) { right in
      { plan in
        var waves = right(plan)
        for wave in waves.indices.dropLast() where waves[wave].count > 1 {
          waves[wave + 1].append(waves[wave].removeLast())
          return waves.map { $0.sorted() }
        }
        return waves
      }
    },
    PlantedMistake(
      \.waves, "the last wave is forgotten", in: waves, breaks: "G012",
      at: "update-certificate/rome/s0"
    ) { right in { right($0).dropLast() } },
    PlantedMistake(
      \.waves, "a site that rotates is taken for a partner", in: partner, breaks: "G012",
      at: "update-certificate/berlin/s0"
    ) { right in
      { plan in
        var waves = right(plan)
        waves[0].removeLast()
        return waves.filter { !$0.isEmpty }
      }
    },
    PlantedMistake(
      \.waves, "a partner is taken for a site that rotates", in: partner, breaks: "G012",
      at: "switch-clients-to-http/rome"
    ) { right in { right($0) + [RotationOutline($0).partnerSites] } },

    PlantedMistake(
      \.partnerships, "partnerships are forgotten", in: pair, breaks: "G003",
      at: "break-replication/berlin+paris"
    ) { _ in { _, _ in [] } },
    PlantedMistake(
      \.partnerships, "those with a site that does not rotate are forgotten", in: partner,
      breaks: "G003", at: "break-replication/paris+rome"
    ) { right in
      { plan, waves in right(plan, waves).filter { $0.sites.allSatisfy { waves[$0] != nil } } }
    },
    PlantedMistake(
      \.partnerships, "those of sites that do not rotate are broken as well", in: idlePair,
      breaks: "G012", at: "break-replication/oslo+rome"
    ) { right in
      { plan, waves in
        // Read as if every site rotated in the first wave.
        let broken = right(plan, waves)
        return right(plan, waves.map { _ in 0 }).map { all in
          broken.first { $0.partnership == all.partnership } ?? all
        }
      }
    },
    PlantedMistake(
      \.partnerships, "they break with the last site", in: partner, breaks: "G003",
      at: "break-replication/berlin+paris"
    ) { right in
      { right($0, $1).map { $0.with(firstWave: $0.lastWave) } }
    },
    PlantedMistake(
      \.partnerships, "they break with the first wave", in: waves, breaks: "G010",
      at: "break-replication/berlin+rome"
    ) { right in
      { right($0, $1).map { $0.with(firstWave: 0) } }
    },
    PlantedMistake(
      \.partnerships, "they are restored after the first site", in: partner, breaks: "G003",
      at: "restore-replication/berlin+paris"
    ) { right in
      { right($0, $1).map { $0.with(lastWave: $0.firstWave) } }
    },
    PlantedMistake(
      \.partnerships, "one site of each is forgotten", in: pair, breaks: "G003", at: "berlin"
    ) { right in
      { right($0, $1).map { $0.with(sites: [$0.sites[0]]) } }
    },
    PlantedMistake(
      \.partnerSites, "partner sites are forgotten", in: partner, breaks: "G011",
      at: "record-settings/rome"
    ) { _ in { _ in [] } },
    PlantedMistake(
      \.partnerSites, "every site that does not rotate takes part", in: idlePair, breaks: "G012",
      at: "record-settings/rome"
    ) { _ in { outline in outline.waveOfSite.indices.filter { outline.waveOfSite[$0] == nil } } },

    PlantedMistake(
      \.method, "the plan's method goes before the site's", in: waves, breaks: "G012",
      at: "switch-clients-to-http/berlin"
    ) { _ in { plan, _ in plan.strategy.method.value } },
    PlantedMistake(
      \.method, "the method of another site", in: waves, breaks: "G012",
      at: "await-certificate-received/paris/s0"
    ) { right in
      { plan, site in right(plan, plan.sites.first { $0.method != nil } ?? site) }
    },
    PlantedMistake(
      \.method, "the two methods are exchanged", in: express, breaks: "G007", at: "paris"
    ) { right in { right($0, $1) == .failover ? .suspendVerification : .failover } },
    PlantedMistake(
      \.rotatingServers, "the last server is forgotten", in: lanes, breaks: "G012",
      at: "update-certificate/paris/s4"
    ) { right in { right($0).dropLast() } },
    PlantedMistake(
      \.rotatingServers, "every server gets a certificate", in: mixed, breaks: "G012",
      at: "check-certificate/paris/s1"
    ) { _ in { Array($0.servers.indices) } },
    PlantedMistake(
      \.upgradedServers, "upgrades are forgotten", in: waves, breaks: "G012",
      at: "upgrade-server/paris/s0"
    ) { _ in { _ in [] } },
    PlantedMistake(
      \.upgradedServers, "the first server is not upgraded", in: waves, breaks: "G012",
      at: "upgrade-server/paris/s0"
    ) { right in { Array(right($0).dropFirst()) } },
    PlantedMistake(
      \.upgradedServers, "every server is upgraded", in: lanes, breaks: "G012",
      at: "upgrade-server/paris/s0"
    ) { _ in { Array($0.servers.indices) } },
    PlantedMistake(
      \.renewsDatabaseCertificate, "SQL Express is forgotten", in: express, breaks: "G004",
      at: "renew-database-certificate/paris"
    ) { _ in { _ in false } },
    PlantedMistake(
      \.renewsDatabaseCertificate, "every database is taken for SQL Express", in: lanes,
      breaks: "G012", at: "renew-database-certificate/paris"
    ) { _ in { _ in true } },
    PlantedMistake(
      \.serversAtOnce, "one lane more", in: lanes, breaks: "G007", at: "update-certificate/paris/s2"
    ) { right in { right($0) + 1 } },
    PlantedMistake(
      \.serversAtOnce, "all servers at once", in: lanes, breaks: "G007",
      at: "update-certificate/paris/s2"
    ) { _ in { $0.sites[0].servers.count } },
  ]

  /// The channels that the plan says.
  private static let channels: [PlantedMistake] = [
    PlantedMistake(
      \.channels, "the site's rules are forgotten", in: automated, breaks: "G012",
      at: "restart-services/paris/s0"
    ) { right in
      { plan in
        var other = plan
        for site in other.sites.indices { other.sites[site].automation = [] }
        return right(other)
      }
    },
    PlantedMistake(
      \.channels, "the plan's rules are forgotten", in: automated, breaks: "G012",
      at: "restart-services/berlin/s0"
    ) { right in
      { plan in
        var other = plan
        other.automation = []
        return right(other)
      }
    },
    PlantedMistake(
      \.channels, "the site's rules hold for partnerships", in: automated, breaks: "G012",
      at: "break-replication/berlin+paris"
    ) { right in
      { plan in
        let channel = right(plan)
        return { channel($0, $1 ?? 0) }
      }
    },
    PlantedMistake(
      \.channels, "the interface of another site is taken for this one's", in: automated,
      breaks: "G012", at: "disable-verification/berlin"
    ) { right in
      { plan in
        var other = plan
        for site in other.sites.indices {
          other.sites[site].api = plan.sites[(site + 1) % plan.sites.count].api
        }
        return right(other)
      }
    },
    PlantedMistake(
      \.channels, "what looks is done by a person", in: automated, breaks: "G012",
      at: "verify-certificate/paris/s0"
    ) { right in
      { plan in
        let channel = right(plan)
        return { $0 == .verifyCertificate ? .operator : channel($0, $1) }
      }
    },
  ]

  /// The parts that all methods have in common.
  private static let parts: [PlantedMistake] = [
    PlantedMistake(
      \.prepareRotating, "nothing is checked", in: lanes, breaks: "G011",
      at: "check-server/paris/s0"
    ) { _ in
      { site, builder in
        [builder.add(.recordSettings, site: site.site, after: [])]
          + (0..<site.servers).map {
            builder.add(.backUpServer, site: site.site, server: $0, after: [])
          }
      }
    },
    PlantedMistake(
      \.prepareRotating, "the last server is forgotten", in: lanes, breaks: "G011",
      at: "check-server/paris/s4"
    ) { right in
      { site, builder in
        var site = site
        site.servers -= 1
        return right(site, &builder)
      }
    },
    PlantedMistake(
      \.prepareRotating, "what comes after waits for the record only", in: lanes, breaks: "G011",
      at: "back-up-server/paris/s0"
    ) { right in { Array(right($0, &$1).prefix(1)) } },
    PlantedMistake(
      \.preparePartner, "a partner's settings are not recorded", in: partner, breaks: "G011",
      at: "record-settings/rome"
    ) { _ in { _, _ in [] } },
    PlantedMistake(
      \.preparePartner, "nothing waits for a partner's record", in: partner, breaks: "G011",
      at: "record-settings/rome"
    ) { right in
      {
        _ = right($0, &$1)
        return []
      }
    },
    PlantedMistake(
      \.beforeBreak, "a break waits for the preparation only", in: waves, breaks: "G010",
      at: "break-replication/berlin+rome"
    ) { _ in
      { progress, partnership in
        progress.outline.partnerships[partnership].sites.flatMap { progress.prepared[$0] }
      }
    },
    PlantedMistake(
      \.beforeBreak, "a break waits for one of its sites only", in: pair, breaks: "G011",
      at: "berlin"
    ) { _ in
      { progress, partnership in
        progress.prepared[progress.outline.partnerships[partnership].sites[0]]
      }
    },
    PlantedMistake(
      \.beforeRotation, "a site waits for nothing", in: pair, breaks: "G003",
      at: "switch-clients-to-http/paris"
    ) { _ in { _, _ in [] } },
    PlantedMistake(
      \.beforeRotation, "a site waits for the first of its partnerships", in: hub, breaks: "G003",
      at: "switch-clients-to-http/hub"
    ) { right in { Array(right($0, $1).prefix(1)) } },
    PlantedMistake(
      \.beforeRotation, "a site waits for its preparation only", in: waves, breaks: "G010",
      at: "switch-clients-to-http/oslo"
    ) { _ in { $0.prepared[$1] } },
    PlantedMistake(
      \.beforeRestoring, "a partnership is restored when its first site is done", in: pair,
      breaks: "G003", at: "restore-replication/berlin+paris"
    ) { right in { Array(right($0, $1).prefix(1)) } },
    PlantedMistake(
      \.beforeRestoring, "a partnership is restored at once", in: pair, breaks: "G003",
      at: "restore-replication/berlin+paris"
    ) { _ in { _, _ in [] } },
    PlantedMistake(
      \.restoreReplication, "a partnership is never restored", in: pair, breaks: "G003",
      at: "restore-replication/berlin+paris"
    ) { _ in { _, _, _ in } },
    PlantedMistake(
      \.restoreReplication, "nobody looks at the replication", in: pair, breaks: "G003",
      at: "verify-replication/berlin+paris"
    ) { _ in { _ = $2.add(.restoreReplication, partnership: $0, after: $1) } },
    PlantedMistake(
      \.restoreReplication, "the replication is looked at beforehand", in: pair, breaks: "G003",
      at: "verify-replication/berlin+paris"
    ) { _ in
      {
        let verified = $2.add(.verifyReplication, partnership: $0, after: $1)
        _ = $2.add(.restoreReplication, partnership: $0, after: [verified])
      }
    },
    PlantedMistake(
      \.rotateServer, "the services are not restarted", in: lanes, breaks: "G004",
      at: "restart-services/paris/s0"
    ) { _ in
      { server, site, entry, builder in
        let update = builder.add(.updateCertificate, site: site.site, server: server, after: entry)
        return builder.add(.verifyCertificate, site: site.site, server: server, after: [update])
      }
    },
    PlantedMistake(
      \.rotateServer, "the certificate is verified before the restart", in: lanes, breaks: "G004",
      at: "verify-certificate/paris/s0"
    ) { _ in
      { server, site, entry, builder in
        let update = builder.add(.updateCertificate, site: site.site, server: server, after: entry)
        let verify = builder.add(
          .verifyCertificate, site: site.site, server: server, after: [update])
        return builder.add(.restartServices, site: site.site, server: server, after: [verify])
      }
    },
    PlantedMistake(
      \.rotateServer, "a server does not wait for what it is told to", in: lanes, breaks: "G001",
      at: "update-certificate/paris/s0"
    ) { right in { right($0, $1, [], &$3) } },
    PlantedMistake(
      \.keepRecoveryFile, "the recovery file is kept before the certificate is verified", in: lanes,
      breaks: "G004", at: "keep-recovery-file/paris/s0"
    ) { _ in
      { server, site, verified, builder in
        builder.add(.keepRecoveryFile, site: site.site, server: server, after: [verified - 1])
      }
    },
    PlantedMistake(
      \.keepRecoveryFile, "the recovery file of one server is kept for all", in: lanes,
      breaks: "G008", at: "keep-recovery-file/paris/s0"
    ) { right in { right(0, $1, $2, &$3) } },
    PlantedMistake(
      \.finishSite, "the servers of a site are upgraded at once", in: waves, breaks: "G002",
      at: "upgrade-server/paris/s1"
    ) { _ in
      { site, last, kept, builder in
        guard !site.upgraded.isEmpty else {
          return builder.add(.confirmSettings, site: site.site, after: last + kept)
        }
        let backup = builder.add(.backUpDatabase, site: site.site, after: last)
        let upgrades = site.upgraded.map {
          builder.add(.upgradeServer, site: site.site, server: $0, after: [backup])
        }
        return builder.add(.confirmSettings, site: site.site, after: upgrades + kept)
      }
    },
    PlantedMistake(
      \.finishSite, "the database is not backed up before the upgrades", in: waves, breaks: "G002",
      at: "back-up-database/paris"
    ) { _ in
      { site, last, kept, builder in
        var last = last
        for server in site.upgraded {
          last = [builder.add(.upgradeServer, site: site.site, server: server, after: last)]
        }
        return builder.add(.confirmSettings, site: site.site, after: last + kept)
      }
    },
    PlantedMistake(
      \.finishSite, "the database is backed up beside the last wait", in: express, breaks: "G002",
      at: "back-up-database/paris"
    ) { _ in
      { site, last, kept, builder in
        let backup = builder.add(.backUpDatabase, site: site.site, after: kept)
        var last = last + [backup]
        for server in site.upgraded {
          last = [builder.add(.upgradeServer, site: site.site, server: server, after: last)]
        }
        return builder.add(.confirmSettings, site: site.site, after: last)
      }
    },
    PlantedMistake(
      \.finishSite, "nothing waits for the recovery files", in: lanes, breaks: "G005",
      at: "keep-recovery-file/paris/s0"
    ) { right in { site, last, _, builder in right(site, last, [], &builder) } },
    PlantedMistake(
      \.finishSite, "the settings are compared before the upgrades", in: waves, breaks: "G005",
      at: "confirm-settings/paris"
    ) { _ in
      { site, last, kept, builder in
        let confirmed = builder.add(.confirmSettings, site: site.site, after: last + kept)
        guard !site.upgraded.isEmpty else { return confirmed }
        var before = builder.add(.backUpDatabase, site: site.site, after: [confirmed])
        for server in site.upgraded {
          before = builder.add(.upgradeServer, site: site.site, server: server, after: [before])
        }
        return confirmed
      }
    },
    PlantedMistake(
      \.finishSite, "the end of a site waits for nothing", in: lanes, breaks: "G005",
      at: "confirm-settings/paris"
    ) { right in { site, _, kept, builder in right(site, [], kept, &builder) } },
  ]

  /// The methods, which get a wrong site to lower or are not the right ones.
  private static let methods: [PlantedMistake] = [
    PlantedMistake(
      \.siteLowering, "suspension takes lanes that are too wide", in: lanes, breaks: "G007",
      at: "update-certificate/paris/s2"
    ) { right in { WrongSite(right($0)) { $0.serversAtOnce = 9 } } },
    PlantedMistake(
      \.siteLowering, "suspension and fail-over are exchanged", in: waves, breaks: "G012",
      at: "switch-clients-to-http/berlin"
    ) { right in { right($0 == .failover ? .suspendVerification : .failover) } },
    PlantedMistake(
      \.siteLowering, "fail-over forgets the database", in: express, breaks: "G004",
      at: "renew-database-certificate/paris"
    ) { right in { WrongSite(right($0)) { $0.renewsDatabaseCertificate = false } } },
    PlantedMistake(
      \.siteLowering, "a method forgets a server", in: lanes, breaks: "G012",
      at: "update-certificate/paris/s4"
    ) { right in { WrongSite(right($0)) { _ = $0.rotating.popLast() } } },
    PlantedMistake(
      \.siteLowering, "a method forgets the upgrades", in: waves, breaks: "G012",
      at: "upgrade-server/rome/s0"
    ) { right in { WrongSite(right($0)) { $0.upgraded = [] } } },
    PlantedMistake(
      \.siteLowering, "fail-over takes all servers at once", in: failover, breaks: "G007",
      at: "update-certificate/paris/s1"
    ) { _ in { _ in AllAtOnce() } },
    PlantedMistake(
      \.siteLowering, "suspension leaves clients on HTTPS", in: lanes, breaks: "G005",
      at: "switch-clients-to-http/paris"
    ) { _ in { _ in SuspensionWithout([.switchClientsToHTTP]) } },
    PlantedMistake(
      \.siteLowering, "suspension leaves verification on", in: lanes, breaks: "G005",
      at: "disable-verification/paris"
    ) { _ in { _ in SuspensionWithout([.disableVerification]) } },
    PlantedMistake(
      \.siteLowering, "suspension forgets the first wait", in: lanes, breaks: "G001",
      at: "await-verification-disabled/paris"
    ) { _ in { _ in SuspensionWithout([.awaitVerificationDisabled]) } },
    PlantedMistake(
      \.siteLowering, "suspension forgets the third wait", in: lanes, breaks: "G006",
      at: "await-certificate-received/paris"
    ) { _ in { _ in SuspensionWithout([.awaitCertificateReceived]) } },
    PlantedMistake(
      \.siteLowering, "suspension never switches verification on again", in: lanes, breaks: "G005",
      at: "enable-verification/paris"
    ) { _ in { _ in SuspensionWithout([.enableVerification]) } },
    PlantedMistake(
      \.siteLowering, "suspension forgets the second wait", in: lanes, breaks: "G005",
      at: "await-verification-enabled/paris"
    ) { _ in { _ in SuspensionWithout([.awaitVerificationEnabled]) } },
    PlantedMistake(
      \.siteLowering, "suspension leaves clients on HTTP", in: lanes, breaks: "G005",
      at: "switch-clients-to-https/paris"
    ) { _ in { _ in SuspensionWithout([.switchClientsToHTTPS]) } },
    PlantedMistake(
      \.siteLowering, "suspension forgets the last wait", in: lanes, breaks: "G005",
      at: "await-https-restored/paris"
    ) { _ in { _ in SuspensionWithout([.awaitHTTPSRestored]) } },
  ]

  private static let pair = RotationShape.twoSites.plan
  private static let lanes = RotationShape.lanes.plan
  private static let waves = RotationShape.wavesWithUpgrades.plan
  private static let partner = RotationShape.partnerAcrossWaves.plan
  private static let express = RotationShape.failoverExpress.plan
  private static let failover = RotationShape.failoverPair.plan
  private static let hub = RotationShape.hub.plan

  /// Some servers of the site get a certificate and some do not.
  private static let mixed: RotationPlan = {
    var plan = lanes
    plan.sites[0].servers[1].certificate = nil
    return plan
  }()

  /// Two sites replicate with each other and with nobody who rotates.
  private static let idlePair: RotationPlan = {
    var plan = RotationShape.single.plan
    for name in ["rome", "oslo"] {
      plan.sites.append(
        Site(name: Located(name), servers: [Server(name: Located("s"), address: Located("s"))]))
    }
    plan.partnerships = [
      Partnership(sites: [Located("rome"), Located("oslo")], breaking: Located(.reschedule))
    ]
    return plan
  }()

  /// Rules of the plan and of one site, which alone has an interface.
  private static let automated: RotationPlan = {
    var plan = pair
    let command = CommandTemplate(arguments: [Located("true")])
    plan.automation = [
      AutomationRule(action: Located(.restartServices), channel: Located(.command(command))),
      AutomationRule(action: Located(.breakReplication), channel: Located(.command(command))),
    ]
    plan.sites[0].automation = [
      AutomationRule(action: Located(.restartServices), channel: Located(.operator)),
      AutomationRule(action: Located(.breakReplication), channel: Located(.api)),
    ]
    plan.sites[0].api = SiteAPI(
      url: Located("https://p:8446"), username: Located("u"),
      password: Located(.environment("PASSWORD")))
    return plan
  }()
}

extension RotationOutline.BrokenPartnership {
  /// The same with other sites or waves.
  fileprivate func with(
    sites: [Int]? = nil, firstWave: Int? = nil, lastWave: Int? = nil
  ) -> Self {
    Self(
      partnership: partnership, sites: sites ?? self.sites,
      firstWave: firstWave ?? self.firstWave, lastWave: lastWave ?? self.lastWave)
  }
}
