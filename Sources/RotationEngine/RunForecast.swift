package import CanonicalJSON
package import PlanModel

/// When and how a run will end, as it was seen at one count: kept with that count, so that what was predicted can be held
/// against what came.
package struct RunForecast: Sendable, Equatable {
  /// What is not exceeded in one, in five and in nine of ten cases.
  package struct Spread: Sendable, Equatable {
    package let low: Int
    package let middle: Int
    package let high: Int

    /// A spread.
    package init(low: Int, middle: Int, high: Int) {
      self.low = low
      self.middle = middle
      self.high = high
    }
  }

  /// For how long clients of a site will have checked no signatures when the run ends, in seconds.
  package struct Exposure: Sendable, Equatable {
    /// The name of the site.
    package let site: String
    package let seconds: Spread

    /// An exposure.
    package init(site: String, seconds: Spread) {
      self.site = site
      self.seconds = seconds
    }
  }

  /// When it ends: in one, in five and in nine of ten cases not later. Nil where that is later than anything that was
  /// looked at.
  package struct Ends: Sendable, Equatable {
    package let early: Instant?
    package let median: Instant?
    package let late: Instant?

    /// The chance that the old certificate of a server expires before its new one is proved there; nil where no server is
    /// left, or nobody knows when its certificate expires.
    package let expiresFirst: Share?

    /// The clients that the waits of the run leave behind: of each site those of the wait that leaves most.
    package let leavesBehind: Spread

    /// For each site that has verification off at some time, in the order of the plan.
    package let verificationOff: [Exposure]

    /// Ends.
    package init(
      early: Instant?, median: Instant?, late: Instant?, expiresFirst: Share?,
      leavesBehind: Spread, verificationOff: [Exposure]
    ) {
      self.early = early
      self.median = median
      self.late = late
      self.expiresFirst = expiresFirst
      self.leavesBehind = leavesBehind
      self.verificationOff = verificationOff
    }
  }

  /// The first instant at which the plan lets it end, whatever clients and people do.
  package let notBefore: Instant

  /// When it ends; nil where too little is known of the clients that it waits for: less than seven days of contacts.
  package let ends: Ends?

  /// How many answers to gates of this run it rests on; 0 where people are taken to answer in working hours.
  package let gateAnswers: Int

  /// Sites that nobody watched for a week: their clients are taken to come as those of the others.
  package let sitesLikeOthers: Int

  /// A forecast.
  package init(notBefore: Instant, ends: Ends?, gateAnswers: Int, sitesLikeOthers: Int) {
    self.notBefore = notBefore
    self.ends = ends
    self.gateAnswers = gateAnswers
    self.sitesLikeOthers = sitesLikeOthers
  }
}

extension RunForecast {
  /// Its members, as they stand in an event and in what is printed of it.
  package func write(_ writer: inout JSONWriter) {
    writer.member("notBefore", notBefore.description)
    writer.key("ends")
    if let ends {
      writer.object { writer in
        writer.member("q10", orNull: ends.early?.description)
        writer.member("q50", orNull: ends.median?.description)
        writer.member("q90", orNull: ends.late?.description)
        writer.member("expiresFirstMillionths", orNull: ends.expiresFirst?.millionths)
        writer.key("leavesBehind")
        writer.object { ends.leavesBehind.write(&$0) }
        writer.key("verificationOff")
        writer.array { writer in
          for exposure in ends.verificationOff {
            writer.object { writer in
              writer.member("site", exposure.site)
              writer.key("seconds")
              writer.object { exposure.seconds.write(&$0) }
            }
          }
        }
      }
    } else {
      writer.null()
    }
    writer.member("gateAnswers", gateAnswers)
    writer.member("sitesLikeOthers", sitesLikeOthers)
  }
}

extension RunForecast.Spread {
  fileprivate func write(_ writer: inout JSONWriter) {
    writer.member("q10", low)
    writer.member("q50", middle)
    writer.member("q90", high)
  }
}

extension EventFields {
  func runForecast() throws -> RunForecast {
    RunForecast(
      notBefore: try time("notBefore"),
      ends: value["ends"]?.object == nil
        ? nil : try EventFields(value["ends"] ?? .null).runEnds(),
      gateAnswers: try number("gateAnswers"), sitesLikeOthers: try number("sitesLikeOthers"))
  }

  private func runEnds() throws -> RunForecast.Ends {
    RunForecast.Ends(
      early: value["q10"]?.string.flatMap { Instant($0) },
      median: value["q50"]?.string.flatMap { Instant($0) },
      late: value["q90"]?.string.flatMap { Instant($0) },
      expiresFirst: try optionalNumber("expiresFirstMillionths").map { Share(millionths: $0) },
      leavesBehind: try spread("leavesBehind"),
      verificationOff: try list("verificationOff").map { exposure in
        let fields = EventFields(exposure)
        return RunForecast.Exposure(
          site: try fields.text("site"), seconds: try fields.spread("seconds"))
      })
  }

  private func spread(_ name: String) throws -> RunForecast.Spread {
    let fields = EventFields(value[name] ?? .null)
    return RunForecast.Spread(
      low: try fields.number("q10"), middle: try fields.number("q50"),
      high: try fields.number("q90"))
  }
}
