import type { TransformationConfig } from '../../../lib/dashboard/model';
import type { DataFrame } from '../../../lib/frame/frame';
import { evalExpression, inputsOf } from '../../../lib/query/expression/expression';
import { toFrames, toValues, type ExprValue } from '../../../lib/query/expression/values';
import type { ExpressionTarget, PreparedTarget } from '../../../lib/query/prepare';
import { toHeatmapRows, toTables } from '../../../lib/query/tableFrames';
import type { QueryFailure, SentQuery } from '../panels/panel';
import { askTarget, type Answered, type RunContext } from './run';

export interface TargetsResult {
  readonly frames: readonly DataFrame[];
  readonly exemplars: readonly DataFrame[];
  readonly failures: readonly QueryFailure[];
  readonly sent: readonly SentQuery[];
}

export interface RunTargetsContext extends RunContext {
  /** Applies another panel's transformations to its data. */
  readonly transform: (frames: readonly DataFrame[], configs: readonly TransformationConfig[]) => readonly DataFrame[];
}

type Outcome = { readonly answered: Answered } | { readonly failure: string };

const NOTHING: Answered = { frames: [], exemplars: [], sent: [] };

/** Asks a panel's queries side by side, then calculates its expressions. A query that fails does not hold up the others. */
export async function runTargets(targets: readonly PreparedTarget[], context: RunTargetsContext): Promise<TargetsResult> {
  const outcomes = new Map<string, Outcome>();
  const failures: QueryFailure[] = [];
  await Promise.all(
    targets.map(async (target) => {
      if (target.kind === 'expression') {
        return;
      }
      const outcome = await outcomeOf(target, context, failures);
      outcomes.set(target.refId, outcome);
    }),
  );
  calculate(targets, outcomes);
  const shown = targets.filter((target) => !target.hidden);
  const answered = (target: PreparedTarget) => {
    const outcome = outcomes.get(target.refId);
    return outcome !== undefined && 'answered' in outcome ? outcome.answered : NOTHING;
  };
  const failed = targets.flatMap((target) => {
    const outcome = outcomes.get(target.refId);
    return outcome !== undefined && 'failure' in outcome ? [{ refId: target.refId, message: outcome.failure }] : [];
  });
  return {
    frames: formatted(shown, answered),
    exemplars: shown.flatMap((target) => answered(target).exemplars),
    failures: [...failed, ...failures],
    sent: targets.flatMap((target) => answered(target).sent),
  };
}

async function outcomeOf(target: Exclude<PreparedTarget, ExpressionTarget>, context: RunTargetsContext, failures: QueryFailure[]): Promise<Outcome> {
  try {
    switch (target.kind) {
      case 'refused':
        return { failure: target.message };
      case 'panel': {
        const inner = await runTargets(target.targets, context);
        failures.push(...inner.failures);
        const frames = context.transform(inner.frames, target.transformations).map((frame) => ({ ...frame, refId: target.refId }));
        return { answered: { ...inner, frames } };
      }
      default:
        return { answered: await askTarget(target, context) };
    }
  } catch (error) {
    if (context.signal.aborted) {
      throw error;
    }
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

/** Expressions in the order in which they read one another. */
function calculate(targets: readonly PreparedTarget[], outcomes: Map<string, Outcome>): void {
  const expressions = targets.filter((target) => target.kind === 'expression');
  const waiting = new Map(expressions.map((target) => [target.refId, target]));
  const values = new Map<string, readonly ExprValue[]>();
  const valuesOf = (refId: string): readonly ExprValue[] => {
    const known = values.get(refId);
    if (known) {
      return known;
    }
    const outcome = outcomes.get(refId);
    if (outcome !== undefined && 'failure' in outcome) {
      throw new Error(`Query ${refId}, which it reads, failed.`);
    }
    const fresh = toValues(refId, outcome?.answered.frames ?? []);
    values.set(refId, fresh);
    return fresh;
  };
  const solve = (target: ExpressionTarget): void => {
    waiting.delete(target.refId);
    try {
      const inputs = inputsOf(target).filter((refId) => targets.some((other) => other.refId === refId));
      for (const refId of inputs) {
        const input = waiting.get(refId);
        if (input) solve(input);
        else if (!outcomes.has(refId)) throw new Error(`Expressions ${target.refId} and ${refId} read each other.`);
      }
      const result = evalExpression(target, Object.fromEntries(inputs.map((refId) => [refId, valuesOf(refId)])), target.range);
      values.set(target.refId, result);
      outcomes.set(target.refId, { answered: { frames: toFrames(target.refId, result), exemplars: [], sent: [] } });
    } catch (error) {
      outcomes.set(target.refId, { failure: error instanceof Error ? error.message : String(error) });
    }
  };
  expressions.forEach((target) => waiting.has(target.refId) && solve(target));
}

/** In the order of the queries; the formats "table" and "heatmap" look at the series of all queries that have them. */
function formatted(targets: readonly PreparedTarget[], answered: (target: PreparedTarget) => Answered): DataFrame[] {
  const formatOf = (target: PreparedTarget) => (target.kind === 'prometheus' ? target.format : 'time_series');
  const framesOf = (format: string) => targets.filter((target) => formatOf(target) === format).flatMap((target) => answered(target).frames);
  return [...framesOf('time_series'), ...toTables(framesOf('table')), ...toHeatmapRows(framesOf('heatmap'))];
}
