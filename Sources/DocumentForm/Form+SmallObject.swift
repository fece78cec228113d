import PlanSyntax

/// Objects of few parts, written out. The compiler walks the parameter packs of the general factory at run
/// time, through metadata, which is an eighth of a whole validation: a plan has its thousands of these.
extension Form {
  /// A mapping with one part.
  @inlinable
  public static func object<First: Sendable>(
    _ noun: String, example: String? = nil,
    _ first: Part<First>,
    make: @escaping @Sendable (ObjectPlace, First) -> Value?
  ) -> Form {
    let keys = first.keys
    let alternatives = first.alternatives
    let reader = PartReader(first)
    return object(noun, example: example, keys, alternatives) { slots, context in
      guard let first = reader.value(&slots, &context) else { return nil }
      return make(slots.place, first)
    }
  }

  /// A mapping with two parts.
  @inlinable
  public static func object<First: Sendable, Second: Sendable>(
    _ noun: String, example: String? = nil,
    _ first: Part<First>, _ second: Part<Second>,
    make: @escaping @Sendable (ObjectPlace, First, Second) -> Value?
  ) -> Form {
    let keys = first.keys + second.keys
    let alternatives = first.alternatives + second.alternatives
    let readers = (PartReader(first), PartReader(second))
    return object(noun, example: example, keys, alternatives) { slots, context in
      let first = readers.0.value(&slots, &context)
      let second = readers.1.value(&slots, &context)
      guard let first, let second else { return nil }
      return make(slots.place, first, second)
    }
  }

  /// A mapping with three parts.
  @inlinable
  public static func object<First: Sendable, Second: Sendable, Third: Sendable>(
    _ noun: String, example: String? = nil,
    _ first: Part<First>, _ second: Part<Second>, _ third: Part<Third>,
    make: @escaping @Sendable (ObjectPlace, First, Second, Third) -> Value?
  ) -> Form {
    let keys = first.keys + second.keys + third.keys
    let alternatives = first.alternatives + second.alternatives + third.alternatives
    let readers = (PartReader(first), PartReader(second), PartReader(third))
    return object(noun, example: example, keys, alternatives) { slots, context in
      let first = readers.0.value(&slots, &context)
      let second = readers.1.value(&slots, &context)
      let third = readers.2.value(&slots, &context)
      guard let first, let second, let third else { return nil }
      return make(slots.place, first, second, third)
    }
  }

  /// A mapping with four parts.
  @inlinable
  public static func object<First: Sendable, Second: Sendable, Third: Sendable, Fourth: Sendable>(
    _ noun: String, example: String? = nil,
    _ first: Part<First>, _ second: Part<Second>, _ third: Part<Third>, _ fourth: Part<Fourth>,
    make: @escaping @Sendable (ObjectPlace, First, Second, Third, Fourth) -> Value?
  ) -> Form {
    let keys = first.keys + second.keys + third.keys + fourth.keys
    let alternatives =
      first.alternatives + second.alternatives + third.alternatives + fourth.alternatives
    let readers = (PartReader(first), PartReader(second), PartReader(third), PartReader(fourth))
    return object(noun, example: example, keys, alternatives) { slots, context in
      let first = readers.0.value(&slots, &context)
      let second = readers.1.value(&slots, &context)
      let third = readers.2.value(&slots, &context)
      let fourth = readers.3.value(&slots, &context)
      guard let first, let second, let third, let fourth else { return nil }
      return make(slots.place, first, second, third, fourth)
    }
  }
}
