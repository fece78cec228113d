import CanonicalJSON
import PlanModel
import PlanText
import RotationGraph

/// `waltz plan diff --format json` (`docs/DIFF.md`).
package enum PlanDiffJSON {
  /// The version of this output; within a major version it only grows.
  package static let formatVersion = "1.0"

  /// The document with a final line end; nothing is cut.
  package static func text(
    of plans: [ComparedPlan], invalid: [InvalidPlanFile] = [],
    forecasts: [String: PlanTrials] = [:]
  ) -> [UInt8] {
    var json = JSONWriter(indent: 2, capacity: 4_096)
    json.object { json in
      json.member("formatVersion", formatVersion)
      json.member("differs", plans.contains { $0.change != .unchanged })
      json.key("plans")
      json.array { json in
        for plan in plans { json.plan(plan, forecasts[plan.difference.name]) }
      }
      json.key("invalid")
      json.array { json in
        for file in invalid { json.invalid(file) }
      }
    }
    json.newLine()
    return json.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func invalid(_ file: InvalidPlanFile) {
    object { json in
      json.member("path", file.path)
      json.member("errors", file.errors)
      json.member("countsAsNone", file.countsAsNone)
    }
  }

  fileprivate mutating func plan(_ plan: ComparedPlan, _ forecast: PlanTrials?) {
    let difference = plan.difference
    object { json in
      json.member("name", difference.name)
      json.member("change", plan.change.rawValue)
      json.side("old", path: plan.oldPath, difference.old)
      json.side("new", path: plan.newPath, difference.new)
      json.key("concerns")
      json.array { json in
        for concern in difference.concerns { json.concern(concern) }
      }
      json.key("figures")
      json.object { json in
        json.figures("before", difference.figuresBefore, difference.old?.graph)
        json.figures("after", difference.figuresAfter, difference.new?.graph)
      }
      json.key("parts")
      json.array { json in
        for part in difference.parts { json.part(part) }
      }
      json.key("steps")
      json.steps(difference)
      json.key("assumptions")
      json.array { json in
        let waits = (difference.figuresAfter ?? difference.figuresBefore)?.waitsThatHold ?? 0
        for sentence in DurationAssumptions.sentences(waitsThatHold: waits) {
          json.string(sentence)
        }
      }
      if let forecast {
        json.key("forecast")
        json.object { PlanTrialsJSON.write(forecast, &$0) }
      }
    }
  }

  private mutating func side(_ name: String, path: String?, _ sealed: SealedGraph?) {
    key(name)
    guard let sealed else { return null() }
    object { json in
      json.member("path", orNull: path)
      json.member("digest", sealed.digest)
    }
  }

  private mutating func concern(_ concern: Concern) {
    object { json in
      json.member("kind", concern.kind.rawValue)
      json.member("message", concern.sentence.plain)
      json.key("subjects")
      json.array { json in
        for subject in concern.subjects { json.string(subject) }
      }
      json.member("item", orNull: concern.item)
      json.value("before", concern.before)
      json.value("standard", concern.standard)
      json.value("after", concern.after)
    }
  }

  private mutating func value(_ name: String, _ value: PlanDifference.Value?) {
    key(name)
    switch value {
    case nil: null()
    case .text(let text)?: string(text)
    case .command(let arguments)?: self.arguments(maskingSecrets(in: arguments))
    case .passwordCommand(let arguments)?:
      self.arguments(maskingSecrets(in: arguments, isForPassword: true))
    }
  }

  private mutating func arguments(_ shown: [String]) {
    array { json in
      for argument in shown { json.string(argument) }
    }
  }

  private mutating func figures(
    _ name: String, _ figures: RotationFigures?, _ graph: StepGraph?
  ) {
    key(name)
    guard let figures, let graph else { return null() }
    object { json in
      let counts = figures.counts
      json.member("sites", counts.sites)
      json.member("servers", counts.servers)
      json.member("upgrades", counts.upgrades)
      json.member("clients", counts.clients)
      json.member("sitesWithoutClients", counts.sitesWithoutClients)
      json.member("partnerships", counts.partnerships)
      json.member("steps", counts.steps)
      json.member("waits", counts.waits)
      json.member("waitsThatHold", figures.waitsThatHold)
      json.member("gates", counts.gates)
      json.member("commands", counts.commands)
      json.member("apiSteps", counts.apiSteps)
      json.key("duration")
      json.estimate(figures.duration)
      json.member("verificationOffAtOnce", figures.verificationOffAtOnce)
      json.key("verificationOffInTotal")
      json.estimate(figures.verificationOffInTotal)
      json.exposures("verificationOff", "site", figures.verificationOff) {
        graph.plan.sites[$0].name.value
      }
      json.member("replicationBrokenAtOnce", figures.brokenAtOnce)
      json.key("replicationBrokenInTotal")
      json.estimate(figures.replicationBrokenInTotal)
      json.exposures("replicationBroken", "partnership", figures.replicationBroken) {
        graph.plan.partnerships[$0].name
      }
      json.member(
        "firstPointOfNoReturnSeconds", orNull: figures.firstPointOfNoReturn?.components.seconds)
      json.key("pointsOfNoReturn")
      json.array { json in
        for step in figures.pointsOfNoReturn { json.string(graph.id(of: step)) }
      }
    }
  }

  private mutating func exposures(
    _ name: String, _ noun: String, _ exposures: [RotationFigures.Exposure],
    _ subject: (Int) -> String
  ) {
    key(name)
    array { json in
      for exposure in exposures {
        json.object { json in
          json.member(noun, subject(exposure.position))
          json.seconds(exposure.length)
        }
      }
    }
  }

  private mutating func estimate(_ estimate: StepDurations.Estimate) {
    object { $0.seconds(estimate) }
  }

  private mutating func seconds(_ estimate: StepDurations.Estimate) {
    member("expectedSeconds", estimate.expected.components.seconds)
    member("worstSeconds", estimate.worst.components.seconds)
  }

  private mutating func part(_ part: PlanDifference.Part) {
    object { json in
      json.member("kind", part.kind.rawValue)
      json.member("name", part.name)
      json.member("change", part.change.rawValue)
      json.key("fields")
      json.array { json in
        for field in part.fields {
          json.object { json in
            json.member("name", field.name)
            json.member("item", orNull: field.item)
            json.value("before", field.before)
            json.value("after", field.after)
            json.member("changesNoStep", field.isSilent)
          }
        }
      }
    }
  }

  private mutating func steps(_ difference: RotationDifference) {
    let old = difference.old?.graph
    let new = difference.new?.graph
    let steps = difference.steps
    object { json in
      json.steps(
        "added", steps?.added ?? (old == nil ? new.map { Array($0.steps.indices) } ?? [] : []), new)
      json.steps(
        "removed", steps?.removed ?? (new == nil ? old.map { Array($0.steps.indices) } ?? [] : []),
        old)
      json.key("changed")
      json.array { json in
        guard let old, let new else { return }
        for change in steps?.changed ?? [] { json.change(change, old, new) }
      }
      json.member(
        "addedEdges", steps?.addedEdges ?? (old == nil ? new?.dependencies.targets.count ?? 0 : 0))
      json.member(
        "removedEdges",
        steps?.removedEdges ?? (new == nil ? old?.dependencies.targets.count ?? 0 : 0))
    }
  }

  private mutating func steps(_ name: String, _ steps: [Int], _ graph: StepGraph?) {
    key(name)
    array { json in
      guard let graph else { return }
      for step in steps {
        json.object { json in
          json.member("id", graph.id(of: step))
          json.member("channel", graph.steps[step].channel.rawValue)
          json.member("pointOfNoReturn", graph.steps[step].isPointOfNoReturn)
        }
      }
    }
  }

  private mutating func change(
    _ change: GraphDifference.Change, _ old: StepGraph, _ new: StepGraph
  ) {
    object { json in
      json.member("id", new.id(of: change.new))
      json.key("aspects")
      json.array { json in
        for (aspect, name) in StepAspects.names where change.aspects.contains(aspect) {
          json.string(name)
        }
      }
      json.member("channelBefore", old.steps[change.old].channel.rawValue)
      json.member("channelAfter", new.steps[change.new].channel.rawValue)
      json.key("addedDependencies")
      json.array { json in
        for step in change.addedDependencies { json.string(new.id(of: step)) }
      }
      json.key("removedDependencies")
      json.array { json in
        for step in change.removedDependencies { json.string(old.id(of: step)) }
      }
    }
  }
}
