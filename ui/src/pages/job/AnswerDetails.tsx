import type { ComponentProps } from 'react';
import { WhyDelay } from './WhyDelay';
import { WhyFailed } from './WhyFailed';
import { WhyTwice } from './WhyTwice';
import { WhyWaiting } from './WhyWaiting';

type AnswerDetailsProps =
  | ({ question: 'waiting' } & ComponentProps<typeof WhyWaiting>)
  | ({ question: 'delay' } & ComponentProps<typeof WhyDelay>)
  | ({ question: 'failed' } & ComponentProps<typeof WhyFailed>)
  | ({ question: 'twice' } & ComponentProps<typeof WhyTwice>);

/** What stands below the sentence of an open question; one piece, loaded with the first one that is opened. */
export function AnswerDetails(props: AnswerDetailsProps) {
  switch (props.question) {
    case 'waiting':
      return <WhyWaiting {...props} />;
    case 'delay':
      return <WhyDelay {...props} />;
    case 'failed':
      return <WhyFailed {...props} />;
    case 'twice':
      return <WhyTwice {...props} />;
  }
}
