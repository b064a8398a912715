import { Anchor, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { AlertRouting } from '../../../api/alerting';
import { useHref } from '../../../app/urlState';
import { Empty } from '../../../components/states';

/** Which alerts keep which others from being told. */
export function InhibitRules({ rules }: { rules: AlertRouting['inhibitRules'] }) {
  const href = useHref();
  return rules.length === 0 ? (
    <Empty>No alert keeps another from being told.</Empty>
  ) : (
    <>
      {rules.map((rule, index) => (
        <div key={index} className="alert-line">
          <div className="line-body">
            {rule.name !== '' && (
              <Text size="sm" fw={600}>
                {rule.name}
              </Text>
            )}
            <Text size="sm" className="wrap-anywhere">
              While <Matched matchers={rule.sourceMatchers} path={href('/alerting/alerts', { filter: rule.sourceMatchers, silenced: 'on' })} /> fires,{' '}
              <Matched matchers={rule.targetMatchers} path={href('/alerting/alerts', { filter: rule.targetMatchers, inhibited: 'on' })} /> is not told
              {rule.equal.length > 0 && ` where both have the same ${rule.equal.join(', ')}`}.
            </Text>
          </div>
        </div>
      ))}
    </>
  );
}

function Matched({ matchers, path }: { matchers: string; path: string }) {
  return (
    <Anchor component={Link} href={path} className="mono" underline="always">
      {matchers}
    </Anchor>
  );
}
